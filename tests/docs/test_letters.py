"""What the page on letters says to type can be typed, and does what it says."""

from __future__ import annotations

import re
from pathlib import Path

from svcq_excel.letters.drafts import ARCHIVE
from svcq_excel.letters.journal import FILE
from svcq_excel.letters.sending import PAUSES, Sender
from svcq_excel.plan.matters import MATTERS
from tests.assessment.folders import MATTERS as SAID
from tests.assessment.folders import assessment
from tests.cli.conftest import Run, svcq

__all__ = ["svcq"]
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "letters.md").read_text("utf-8")


def test_each_command_of_the_page_runs_in_a_folder(svcq: Run) -> None:
    folder = assessment(Path("信件 說明"), SAID)
    calls = [
        line.split()[1:]
        for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
        for line in block.splitlines()
    ]
    assert len(calls) >= 8
    for call in calls:
        assert svcq("-C", folder.path, *call).code in (0, 1), call
    assert (folder.letters / "發送表件" / ARCHIVE).is_file()


def test_names_and_figures_of_the_page_are_the_program_s() -> None:
    pauses = "、".join(f"{pause:g}" for pause in PAUSES)
    assert f"隔 {pauses} 秒再試" in PAGE
    assert f"每分鐘最多 {Sender.per_minute} 封" in PAGE
    assert FILE in PAGE and ARCHIVE in PAGE
    named = {matter.name for matter in MATTERS}
    table = re.search(r"「計畫」另可填：\n\n(.*?)\n\n", PAGE, re.DOTALL)
    assert table
    for row in table[1].splitlines()[2:]:
        assert {*row.split("|")[1].strip().split("、")} <= named


def test_the_readme_leads_to_the_page() -> None:
    assert "docs/letters.md" in (ROOT / "README.md").read_text("utf-8")
