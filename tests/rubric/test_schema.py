"""The schema that ships is the model's, and the model's words for it are Chinese."""

from __future__ import annotations

import json

from svcq_excel.rubric.schema import schema_path, schema_text


def test_the_shipped_schema_is_fresh() -> None:
    stale = "templates/rubric.schema.json 已過時，請執行 python -m svcq_excel.rubric.schema"
    assert schema_path().read_text(encoding="utf-8") == schema_text(), stale


def test_every_key_is_described_for_the_person_who_writes_it() -> None:
    schema = json.loads(schema_text())
    for part in (schema, *schema["$defs"].values()):
        assert [
            key for key, about in part["properties"].items() if not about.get("description")
        ] == []
