"""The manual can be followed: its commands run in their turn, what it names and shows is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from svcq_excel.assessment.folder import PLAN_NAMES, Folder
from svcq_excel.assessment.standing import PAGE, SHEET
from svcq_excel.assessment.starters import STEPS
from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.form.identity import INDEX
from svcq_excel.pipeline import REPORT
from svcq_excel.plan.copies import FORMATS_IN_WORDS
from svcq_excel.plan.decisions import ABSENCES, ADOPTED, EXCLUDED
from svcq_excel.plan.matters import MATTERS
from svcq_excel.results.awaiting import PROVISIONAL
from svcq_excel.results.copies.files import PUBLISHED
from svcq_excel.results.entries.entry import Section
from svcq_excel.results.file_result import FILE_STATUS_WORDS
from svcq_excel.results.model import UNIT_STATUS_WORDS
from svcq_excel.results.workbook import EVERY
from svcq_excel.rubric.sheets.columns import TREE
from svcq_excel.rubric.sheets.items import ITEMS
from svcq_excel.rubric.sheets.wording import KIND_WORDS
from tests.cli.conftest import Run, svcq
from tests.gallery.listing import PAGES as LISTED
from tests.gallery.listing import listed
from tests.plan.planning import SAMPLES, edit, units_of

__all__ = ["svcq"]

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MANUAL = (DOCS / "使用手冊.md").read_text("utf-8")
PAGES = ("使用手冊.md", "給受考核單位的說明.md")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
COMMANDS = [shlex.split(line) for block in BLOCKS for line in block.splitlines()]
FOLDER = next(Path(words[2]) for words in COMMANDS if words[1] == "new")
ROUND = Folder(Path(), Path())
SAID_OTHERWISE = {
    *("全部", "是", "檔案"),  # what is typed, and a head
    *("傳送", "啟用編輯"),  # buttons of other programs
    *("為何是這個分數", "為什麼是這個分數"),  # what people ask
    *(
        "尚有單位未繳、待補正……暫定",
        "收件、名單及設定都與上次相同",
        "欄名之下沒有任何資料",
        "無法讀取",
    ),
    *("檢核", "考核計畫", "考核結果統計表_各單位.xlsx", "檢核結果統計表.xlsx"),
}
CODES = (
    *(0, 0, 2),  # a new plan is to be filled in
    *(0, 0, 0, 0, 0, 0),
    *(1, 1, 1, 0, 0, 0, 1),  # what came back needs a person
    *(1, 1, 0, 0, 1, 0, 0),  # so does what is not concluded
    *(0, 0),
)


def test_each_command_runs_in_its_turn_from_the_demo_to_the_next_year(svcq: Run) -> None:
    codes = []
    for words in COMMANDS:
        if words[0] == "cd":
            os.chdir(words[1])
            continue
        codes.append(svcq(*words[1:]).code)
        if words[1:] == ["status"] and codes.count(2) == 1:
            edit(Path(), {"考核種類": "自行考核"}, 受考核單位=units_of("wra-105"))
        if words[1] == "generate":
            shutil.copytree(SAMPLES / "returned", "收件", dirs_exist_ok=True)
    assert codes == [*CODES]
    frozen = sorted(each.name for each in (FOLDER / "封存").glob("*.zip"))
    assert [name[-9:] for name in frozen] == ["第1次定案.zip", "第2次定案.zip"]


def test_every_command_of_the_year_is_in_the_manual() -> None:
    said = {" ".join(words[1:3]) for words in COMMANDS} | {words[1] for words in COMMANDS}
    occasions = {f"mail {each}" for each in ("announce", "remind", "return", "notify")}
    assert {*STEPS.values(), "new", "verify", *occasions} <= said


def test_every_option_of_the_manual_is_one_of_the_program_s() -> None:
    known = set(re.findall(r"--[a-z-]+", (DOCS / "commands.md").read_text("utf-8")))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", MANUAL)) <= known


@pytest.mark.parametrize("starter", STEPS)
def test_each_starter_stands_beside_its_command(starter: str) -> None:
    assert re.search(rf"^\| .+ \| {starter} \| `svcq {STEPS[starter]}`", MANUAL, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_and_leads_to_is_there(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    heads = {re.sub(r"[、 ]", "", head) for head in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, part = target.partition("#")
        assert (DOCS / file).is_file() if file else part in heads, target


def test_each_chapter_is_in_the_list_of_contents() -> None:
    heads = re.findall(r"^## (.+)$", MANUAL, re.MULTILINE)
    assert re.findall(r"^\d+\. \[(.+)\]\(#", MANUAL, re.MULTILINE) == heads


def test_what_the_manual_calls_by_name_is_called_so() -> None:
    called = {matter.name for matter in MATTERS} | {each.name for each in ITEMS}
    called |= {column.head for column in TREE} | {rule.title for rule in catalogue()}
    called |= {entry.name for entry in EVERY}
    called |= {sheet.sheet for sheet in listed(LISTED.read_text("utf-8"))[1]}
    called |= {*SEVERITY_WORDS.values(), *FILE_STATUS_WORDS.values(), *UNIT_STATUS_WORDS.values()}
    called |= {*STEPS, *(name[2:] for name in STEPS), *PLAN_NAMES, ADOPTED, EXCLUDED, *ABSENCES}
    called |= {*FORMATS_IN_WORDS.values(), PUBLISHED, *(section.value for section in Section)}
    called |= {INDEX, REPORT, SHEET, PAGE, PROVISIONAL, *KIND_WORDS.values()}
    called |= {each.name for each in (ROOT / ".ci" / "portable" / "texts").iterdir()}
    called |= {each.name for each in (ROUND.blank_forms, ROUND.corrections, ROUND.results)}
    called |= {ROUND.inbox.name, ROUND.archive.name, ROUND.letters.name, ROUND.statistics.name}
    assert set(re.findall(r"「([^「」]+)」", MANUAL)) - called == SAID_OTHERWISE


def test_the_readme_leads_to_the_manual_and_the_page_for_units() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"docs/{page}" in readme for page in PAGES)
