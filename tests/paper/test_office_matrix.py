"""A right form that an office program saves, opens and saves again, in whatever formats, is right.

SVCQ_SOFFICE in the environment names another office program than the one that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.checks.batch import check_file
from svcq_excel.checks.catalogue import rule_for
from svcq_excel.checks.examples import ROUND, UNIT, clean_facts
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rounds import in_round
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import shipped
from svcq_excel.text.roc_dates import parse_date
from tests.conftest import Convert
from tests.form.filling import Filling, at, entered, fill, load, saved
from tests.receiving import receive

pytestmark = pytest.mark.office

FORMATS = ("xlsx", "ods", "xls", "fods")
REFUSED = "fods"
"""What is refused, with the advice to save it as another format."""
RUBRICS = {
    each.id: in_round(each, f"{each.year}年6月") if each.is_checklist else each
    for each in shipped()
}
DAY = date(2016, 7, 5)
DATES = ("105年7月5日", "2016-07-05", "0105-07-04")
"""As it is stored: a text, a date, and what LibreOffice makes of 105/7/5, which it shows by the
Julian calendar and stores by the Gregorian one."""

_HERE = "日期打在這裡"
_CELL = re.compile(
    r'office:value-type="string" calcext:value-type="string"([^>]*>\s*<text:p>)' + _HERE
)


def right(rubric: Rubric) -> Filling:
    """Every kind of entry, without a fault."""
    facts = entered(clean_facts(rubric))
    first, last = rubric.leaves[0].id, rubric.leaves[-1].id
    more = {("", "assessor"): "秘書室考核小組", ("", "date"): _HERE}
    more |= {(leaf, "note"): f"「{leaf}」 & <備註>" for leaf in (first, last)}
    more |= {("", "comments"): "優點：單一窗口。"} if rubric.comments else {}
    return replace(facts, entries={**facts.entries, **more})


def typed(forms: Mapping[str, Path]) -> dict[tuple[str, str], Path]:
    """A form of each rubric with each of the dates, in the format in which any can be typed."""
    made = {}
    for id, form in forms.items():
        text = form.read_text("utf-8")
        for day in DATES:
            kind = "string" if day.endswith("日") else f'date" office:date-value="{day}'
            changed, times = _CELL.subn(rf'office:value-type="{kind}"\g<1>{day}', text)
            assert times == 1
            made[id, day] = form.with_name(f"{id} {day}.fods")
            made[id, day].write_text(changed, "utf-8")
    return made


Route = tuple[str, str, str, str]
"""A rubric, a date, the format that was saved first, and the one of that again; "" where not."""


@pytest.fixture(scope="module")
def saves(office: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[Route, Path]:
    """Nine starts of the office program, however many files there are."""
    folder = tmp_path_factory.mktemp("matrix")
    blanks = {id: folder / f"{id}.xlsx" for id in RUBRICS}
    for id, rubric in RUBRICS.items():
        filling, layout = right(rubric), lay_out(rubric)
        where = {
            (leaf, layout.main if key == "score" else key): value
            for (leaf, key), value in filling.entries.items()
        }
        book = load(fill(rubric, replace(filling, entries=where)))
        at(book[FORM_SHEET], layout.entries["", "date"]).number_format = "yyyy/m/d"
        blanks[id].write_bytes(saved(book))
    flat = office(list(blanks.values()), "fods", folder / "flat")
    forms = {
        (*key, "", ""): path for key, path in typed(dict(zip(blanks, flat, strict=True))).items()
    }
    once: dict[Route, Path] = {}
    for to in FORMATS:
        outputs = office(list(forms.values()), to, folder / to)
        for (id, day, *_), path in zip(forms, outputs, strict=True):
            once[id, day, to, ""] = path.rename(path.with_stem(f"{path.stem} {to}"))
    twice: dict[Route, Path] = {}
    for to in FORMATS:
        those = {key: path for key, path in once.items() if key[1] in dates(key[0], key[2], to)}
        outputs = office(list(those.values()), to, folder / f"again {to}")
        twice |= {(*key[:3], to): path for key, path in zip(those, outputs, strict=True)}
    return once | twice


def dates(id: str, first: str, again: str) -> tuple[str, ...]:
    """All of them where a form is saved once; else one, another for each of three rubrics."""
    if not again:
        return DATES
    turn = list(RUBRICS).index(id) + FORMATS.index(first) + FORMATS.index(again)
    return (DATES[turn % len(DATES)],)


@pytest.mark.parametrize("again", ["", *FORMATS])
@pytest.mark.parametrize("first", FORMATS)
@pytest.mark.parametrize("id", RUBRICS)
def test_it_is_accepted_with_exactly_what_was_typed_or_refused_with_one_advice(
    id: str, first: str, again: str, saves: Mapping[Route, Path]
) -> None:
    rubric = RUBRICS[id]
    plan, filling = Plan(rubric, (UNIT,), ROUND), right(rubric)
    for day in dates(id, first, again):
        received = receive(saves[id, day, first, again], rubric)
        file = check_file(received, plan)
        if (again or first) == REFUSED:
            (violation,) = file.violations
            assert (file.status, violation.code) == ("rejected", "unreadable-file")
            assert violation.todo == rule_for("other-format").find("", "other-format").todo
            continue
        assert (file.status, file.violations) == ("accepted", ()), day
        facts = received.reading.content
        assert isinstance(facts, FormFacts) and file.submission and file.submission.assessed
        said = dict(entered(facts).entries)
        assert parse_date(said.pop(("", "date"))) == DAY
        assert said == {key: each for key, each in filling.entries.items() if key != ("", "date")}
        assert file.submission.total == points(filling)


def points(filling: Filling) -> Decimal:
    scores = (each for (_, key), each in filling.entries.items() if key == "score")
    return sum((Decimal(each) for each in scores if isinstance(each, float)), Decimal(0))
