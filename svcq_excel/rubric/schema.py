"""The JSON schema of rubric files, by which an editor helps while one is written.

`python -m svcq_excel.rubric.schema` writes it anew; a test fails while the one in `templates/` is
stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import folder


def schema_text() -> str:
    return json.dumps(Rubric.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def schema_path() -> Path:
    return folder() / "rubric.schema.json"


if __name__ == "__main__":
    schema_path().write_text(schema_text(), encoding="utf-8", newline="\n")
