"""What shows where forms of one unit lie side by side: halves of one form, another unit's form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.catalogue import file_rules
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.violation import Violation
from svcq_excel.form.entered import said
from svcq_excel.form.facts import FormFacts
from svcq_excel.plan.plan import Plan

_NAMED = 3
"""Units that a message names."""
_ANSWERS = {"score", "status"}


def with_halves(
    files: Mapping[int, CheckedFile],
    counts: int,
    facts: Mapping[int, FormFacts],
    name_of: Callable[[int, int], str],
) -> dict[int, CheckedFile]:
    """The forms of one unit and assessor, where the one that counts lacks what another has told.

    Two offices of one unit may each have filled in its half: what both entered is the same, and
    each entered what the other did not.
    """
    told = dict(files)
    answers = {at: _answers(facts[at]) for at in files}
    mine = answers[counts]
    for at, theirs in answers.items():
        both = mine.keys() & theirs.keys()
        apart = sum(mine[place] != theirs[place] for place in both)
        only_here, only_there = len(theirs) - len(both), len(mine) - len(both)
        if at != counts and min(only_here, only_there) > apart:
            for here, there, own, other in (
                (at, counts, only_here, only_there),
                (counts, at, only_there, only_here),
            ):
                name = name_of(there, here)
                found = f"與「{name}」各填一部分：本檔多填 {own} 項，該檔多填 {other} 項"
                halves = file_rules()["halves"].find(found)
                told[here] = replace(told[here], violations=(halves, *told[here].violations))
    return told


def _answers(facts: FormFacts) -> dict[tuple[str, str], str]:
    return {place: text for place, text in said(facts).items() if place[1] in _ANSWERS}


def beside_missing_ones(
    files: Sequence[CheckedFile], groups: Iterable[Sequence[int]], plan: Plan
) -> Iterator[CheckedFile]:
    """Of two forms that differ in most scores that both have, one may be of a unit of which none
    came; a form and its correction are of one unit."""
    came = {
        (file.identity.unit, file.identity.assessor)
        for file in files
        if file.identity and file.status != "blank"
    }
    warned: dict[int, Violation] = {}
    for several in groups:
        identity = files[several[0]].identity
        unit = plan.by_code.get(identity.unit) if identity else None
        others = [at for at in several if files[at].status == "superseded"]
        scores = sum(apart.is_other_score for at in others for apart in files[at].differences)
        if not identity or not unit or scores * 2 <= len(plan.rubric.leaves) * len(others):
            continue
        missing = [
            f"「{other.code} {other.name}」"
            for other in plan.units
            if other.group == unit.group and (other.code, identity.assessor) not in came
        ]
        if missing and not any(files[at].corrects for at in several):
            named = "、".join(missing[:_NAMED]) + ("等" if len(missing) > _NAMED else "")
            answers = "辦理狀態" if plan.rubric.is_checklist else "得分"
            found = f"這個單位送來{answers}多不相同的表件，而{named}未繳，其中一份可能是該單位的"
            warned |= dict.fromkeys(several, file_rules()["borrowed-form"].find(found))
    for at, file in enumerate(files):
        more = (warned[at],) if at in warned else ()
        yield replace(file, violations=(*more, *file.violations)) if more else file


def without_other_rounds(files: Iterable[CheckedFile], plan: Plan) -> Iterator[CheckedFile]:
    """The files; of an assessor who handed in the form of the round asked for, the one of another
    round is no fault."""
    files = tuple(files)
    came = {
        (file.identity.unit, file.identity.assessor)
        for file in files
        if file.identity and file.counts and file.sure_whose
    }
    for file in files:
        identity, other = file.identity, file.other_round(plan)
        if identity and file.counts and other and (identity.unit, identity.assessor) in came:
            here = plan.round or plan.rubric.default_round
            reason = f"這是{shorten(other)}的表件，同一單位已有{here}的表件，以後者為準"
            yield replace(file, status="ignored", violations=(), reason=reason)
        else:
            yield file
