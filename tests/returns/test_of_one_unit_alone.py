"""What goes out to a unit speaks of that unit alone: of others no name, code, address or file, in
any byte of it. What a unit itself typed, and what the plan's own texts say, is theirs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from svcq_excel import pipeline
from svcq_excel.checks.batch import CheckedFile, check_file, facts_of
from svcq_excel.checks.catalogue import batch_rules, form_rules
from svcq_excel.checks.examples import (
    OTHER_UNIT,
    ROUND,
    UNIT,
    clean_facts,
    edit,
    rubric_for,
    stamped,
)
from svcq_excel.checks.rule import BatchRule, DeliveryRule, FormRule, Rule
from svcq_excel.checks.settling import compare, settle
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import CorrectionMark
from svcq_excel.inbox.reading import Mail
from svcq_excel.issuing.issuing import outlines_of
from svcq_excel.plan.assessors import SELF, Assessor, read_assessors
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit, read_units
from svcq_excel.returns.correcting import correction_form, return_forms
from svcq_excel.returns.letter import notice_of
from svcq_excel.returns.without import without_form
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.receiving import facts_received

SAMPLES = Path(__file__).parents[2] / "samples"
LISTS = {
    "wra-105": SAMPLES / "units.csv",
    **{id: SAMPLES / id / "units.csv" for id in ("khb-106", "hccg-105", "kpw-102")},
}
ROUNDS = {"wra-105": ROUND, "kpw-102": "102年6月", "hccg-105": "105年度"}


def known(unit: Unit) -> Unit:
    """With all that a list can tell of a unit."""
    of = unit.code
    return replace(
        unit, email=f"{of}@{of}.example.tw", contact=f"承辦甲{of}", phone=f"0900-{of}-99"
    )


UNITS = tuple(map(known, (UNIT, OTHER_UNIT, Unit("A03", "第三河川局"), Unit("A04", "第四河川局"))))


_OUT_OF_SIGHT = re.compile(
    r'\b(?:r|ref|sqref|location|activeCell|topLeftCell|activePane)="[^"]*"'
    r"|<(f|formula1|formula2|definedName)\b[^>]*>[^<]*</\1>"
    r'|\b(?:table|loext|calcext):[a-z-]*(?:address|addresses|formula|ranges?)="[^"]*"'
    r'|\b(?:table:formula|of:formula|xlink:href)="[^"]*"|of:[^"]*"'
)
"""Addresses of cells, which look like codes."""


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    """All that a file holds: names of its parts and what stands in them, of parts in parts too."""
    with ZipFile(BytesIO(data)) as whole:
        yield "", whole.comment.decode("latin-1")
        for info in whole.infolist():
            part = whole.read(info)
            yield info.filename, info.filename + (info.extra + info.comment).decode("latin-1")
            if part.startswith(b"PK\x03\x04"):
                yield from parts(part)
            else:
                yield info.filename, unescape(part.decode("utf-8", "replace"))
                yield info.filename, part.decode("utf-16-le", "replace")


def told(data: bytes, words: Sequence[str]) -> list[tuple[str, str]]:
    """Which of the words stand in a file, and in which part; codes only by themselves."""
    found = []
    for name, text in parts(data):
        there = [word for word in words if word in text]
        if there:
            seen = _OUT_OF_SIGHT.sub(" ", text)
            bare = [rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" for word in there]
            found += [(name, w) for w, p in zip(there, bare, strict=True) if re.search(p, seen)]
    return found


def others(plan: Plan, unit: str) -> list[str]:
    """All by which another unit can be known, but for what the plan's own texts say."""
    rubric = plan.rubric.model_dump_json()
    of = [u for u in plan.units if u.code != unit]
    words = (word for u in of for word in (u.code, u.name, u.email, u.contact, u.phone))
    return [word for word in words if word and word not in rubric]


def broken(facts: FormFacts, rubric: Rubric) -> FormFacts:
    """With an entry that has to be corrected."""
    leaf = rubric.leaves[-1]
    return edit(leaf.id, **({"score": "不明"} if not leaf.due else {"score": "做了"}))(facts)


def inboxes(rule: Rule, rubric: Rubric) -> Iterator[tuple[FormFacts, ...]]:
    """The forms of a rule's bad example beside a sound one of another unit's."""
    clean = clean_facts(rubric)
    if isinstance(rule, BatchRule):
        bad = tuple(example(clean) for example in type(rule).bad)
    else:
        assert isinstance(rule, FormRule)
        second = stamped(unit=OTHER_UNIT.code, unit_name=OTHER_UNIT.name)(clean)
        bad = (type(rule).bad(clean), second)
    yield bad
    yield tuple(broken(facts, rubric) for facts in bad)


def checked(plan: Plan, forms: Sequence[FormFacts]) -> tuple[CheckedFile, ...]:
    files = [
        check_file(
            facts_received(
                f"收件祕/第{number}件.xlsx",
                facts,
                plan.rubric,
                mails=(Mail(None, f"{facts.identity.unit}@x.example.tw"),),
            ),
            plan,
        )
        for number, facts in enumerate(forms, 1)
    ]
    return compare(settle(files, plan), plan)


def letters(plan: Plan, files: Sequence[CheckedFile]) -> Iterator[tuple[str, bytes]]:
    """A correction form for each file whose entries can be carried over, whether it needs one or
    not: all that was found in it stands where it may."""
    without = {each.path for each in without_form(files)}
    must = Violation(
        *("score-missing", "error", None, "", None, None, None), *("沒有填得分", "", "請填寫")
    )
    for file in files:
        if not file.identity or file.received.listed in without:
            continue
        facts = facts_of(file, plan)
        if not facts or facts.identity.unit not in plan.by_code:
            continue
        unit = plan.by_code[facts.identity.unit]
        identity = replace(facts.identity, unit_name=unit.name)
        found = [*file.violations, *file.set_aside, must]
        notice = notice_of(plan, identity, facts, found, "105/7/31", CorrectionMark("", 1))
        yield unit.code, correction_form(plan, identity, facts, notice)


RULES = [
    *(rule for rule in form_rules() if not isinstance(rule, DeliveryRule)),
    *batch_rules(),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_correction_form_tells_of_no_other_unit_whatever_was_found(rule: Rule) -> None:
    rubric = rubric_for(rule)
    plan = Plan(rubric, UNITS, ROUND)
    for forms in inboxes(rule, rubric):
        files = checked(plan, forms)
        for unit, data in letters(plan, files):
            assert told(data, [*others(plan, unit), "收件祕", "x.example.tw"]) == []


def test_what_is_looked_for_would_be_found() -> None:
    """In a text, a property, a comment, and where it is spelled otherwise."""
    plan = Plan(load("wra-105"), UNITS, ROUND)
    facts = clean_facts(plan.rubric)
    leaf = plan.rubric.leaves[0].id
    for words in (*others(plan, "A01"), "A&B「收件祕」", "見A02。"):
        noted = edit(leaf, note=f"見「{words}」")(broken(facts, plan.rubric))
        (letter,) = letters(plan, checked(plan, [noted]))
        wanted = "A02" if "A02" in words and len(words) < 6 else words
        assert told(letter[1], [wanted]), words


def test_what_a_unit_itself_typed_of_another_stands_where_it_typed_it_and_nowhere_else() -> None:
    plan = Plan(load("wra-105"), UNITS, ROUND)
    leaf = plan.rubric.leaves[0].id
    own = "與「A02 第二河川局」合辦"
    forms = [
        edit(leaf, note=own)(broken(clean_facts(plan.rubric), plan.rubric)),
        stamped(unit="A02", unit_name="第二河川局")(clean_facts(plan.rubric)),
    ]
    ((_, data), _) = letters(plan, checked(plan, forms))
    whole = [text for name, text in parts(data) if own in text]
    assert len(whole) == 1 and whole[0].count(own) == 1
    left = [text.replace(own, "") for _, text in parts(data)]
    assert not [text for text in left if "第二河川局" in text]


IN_ODS = ["wra-105", "khb-106", "hccg-105", pytest.param("kpw-102", marks=pytest.mark.office)]
"""Of a round of a checklist LibreOffice makes the .ods."""


@pytest.mark.parametrize("id", IN_ODS)
def test_what_is_issued_to_a_unit_tells_of_no_other(id: str, tmp_path: Path) -> None:
    """Forms in both formats and outlines, of all kinds of assessors, with the issuing folder's
    path in none."""
    units = tuple(map(known, read_units(LISTS[id])))
    plan = Plan(load(id), units).of_round(ROUNDS[id]) if id in ROUNDS else Plan(load(id), units)
    who: tuple[Assessor, ...] = (SELF,)
    if id == "hccg-105":
        who = (SELF, *read_assessors(str(SAMPLES / id / "assessors.csv")))
    out = tmp_path / "發出祕"
    forms = pipeline.issue(plan, who, out, formats=("xlsx", "ods"))
    outlines = outlines_of(plan, who, out)
    whose = {form.path: (form.unit, form.assessor.key) for form in forms}
    whose |= {outline.path: (outline.unit, "") for outline in outlines}
    assert {*out.iterdir()} == {*whose, out / "表件清單.xlsx"}, "the list stays with the office"
    for path, (unit, member) in whose.items():
        members = [each.name for each in who if each.name and each.key != member]
        words = [*others(plan, unit.code), *members, out.name, str(tmp_path)]
        assert told(path.read_bytes(), words) == [], path.name
        assert not [each.name for each in units if each != unit and each.name in path.name]


@pytest.mark.parametrize("id", LISTS)
def test_what_goes_back_of_the_samples_tells_of_no_other_unit(id: str, tmp_path: Path) -> None:
    """With every form that came, sound or not, and each sound one with a fault more."""
    units = tuple(map(known, read_units(LISTS[id])))
    inbox = tmp_path / "收件祕"
    shutil.copytree(SAMPLES / ("returned" if id == "wra-105" else f"{id}/returned"), inbox)
    plan, files = pipeline.review(Plan(load(id), units), [inbox])
    made = return_forms(plan, files, tmp_path / "補正")
    for form in made.forms:
        words = [*others(plan, form.unit.code), "收件祕", str(tmp_path)]
        assert told(form.path.read_bytes(), words) == [], form.path.name
    for unit, data in letters(plan, files):
        assert told(data, [*others(plan, unit), "收件祕", str(tmp_path)]) == []


@pytest.mark.office
def test_what_goes_back_in_ods_tells_of_no_other_unit(
    office: Callable[[Sequence[Path], str, Path], list[Path]], tmp_path: Path
) -> None:
    units = tuple(map(known, read_units(LISTS["wra-105"])))
    form = next((SAMPLES / "returned").glob("A04*"))
    (handed_in,) = office([form], "ods", tmp_path / "收件祕")
    others_form = next((SAMPLES / "returned").glob("A01*"))
    plan, files = pipeline.review(Plan(load("wra-105"), units), [handed_in, others_form])
    (made,) = return_forms(plan, files, tmp_path / "補正").forms
    assert made.path.suffix == ".ods"
    words = [*others(plan, "A04"), "收件祕", str(tmp_path)]
    assert told(made.path.read_bytes(), words) == []
    assert told(made.path.read_bytes(), ["第四河川局"])
