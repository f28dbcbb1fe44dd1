"""Whatever covers an entry is a fact, and of the forms that we issue nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.form.layout.grid import entry_keys
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.conftest import Convert
from tests.form.filling import Filling, facts_of, fill

RUBRICS = ("wra-105", "hccg-105", "khb-106", "kpw-102")


def filled(rubric: Rubric) -> bytes:
    """A form in which something stands in every entry."""
    entries = {
        (leaf.id, key): ("有" if key in {"note", "status", "band", "done", "proof"} else 0.5)
        for leaf in rubric.leaves
        for key in entry_keys(leaf)
    }
    return fill(rubric, Filling(entries))


@pytest.mark.parametrize("name", RUBRICS)
def test_what_is_entered_in_our_form_is_seen(name: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(filled(load(name)))
    assert facts_of(path, load(name)).veils == ()


@pytest.mark.office
@pytest.mark.parametrize("name", RUBRICS)
def test_an_office_program_saves_it_so_that_it_is_seen(
    name: str, office: Convert, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(filled(load(name)))
    for kind in ("ods", "xls", "xlsx"):
        (saved,) = office([path], kind, tmp_path / kind)
        assert facts_of(saved, load(name)).veils == (), kind
