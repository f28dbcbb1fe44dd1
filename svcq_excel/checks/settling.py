"""Which of several forms of one unit and assessor counts: the one with entries handed in last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from svcq_excel.checks.batch import CheckedFile, facts_of, one_spelling
from svcq_excel.checks.catalogue import batch_rules, file_rules
from svcq_excel.checks.counting.beside import (
    beside_missing_ones,
    with_halves,
    without_other_rounds,
)
from svcq_excel.checks.counting.carrying import verify_carried
from svcq_excel.checks.counting.lateness import with_hand_in
from svcq_excel.checks.deciding import as_decided, decided_on, without_absent
from svcq_excel.checks.differing import Difference, differences
from svcq_excel.form.entered import in_short
from svcq_excel.form.facts import FormFacts
from svcq_excel.inbox.handed_in_when import Dated, comparable, dated, dates, earliest
from svcq_excel.plan.decisions import Decision
from svcq_excel.plan.plan import Plan

_SHOWN = 3
"""Differences that a message tells; all of them stand in the results."""


def settle(files: Sequence[CheckedFile], plan: Plan) -> tuple[CheckedFile, ...]:
    """Of several forms of one unit and assessor the one handed in last counts, the others do not.

    What says the same was handed in once, when it first came: a copy is no later form. A correction
    form counts after the form that it corrects, whatever their dates. Decisions overrule that. A
    form that bears the marks of two units takes no one's place: it may be the other unit's. Raises
    DefinitionError where a decision does not name one file, or a checklist that counts carries
    other steps than the plan.
    """
    decided = decided_on(files, plan.on_files)
    settled = [as_decided(file, decided.get(at)) for at, file in enumerate(one_spelling(files))]
    settled = [without_absent(file, plan, decided.get(at)) for at, file in enumerate(settled)]
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, file in enumerate(settled):
        if file.counts and file.sure_whose and file.identity and file.identity.unit:
            groups[file.identity.unit, file.identity.assessor].append(at)
    for several in groups.values():
        forms = {at: settled[at] for at in several}
        if len(forms) > 1:
            forms = _Forms(forms, decided, plan).settled()
        for at, file in with_hand_in(forms, plan).items():
            settled[at] = file
    verify_carried(settled, plan)
    beside = beside_missing_ones(settled, groups.values(), plan)
    return tuple(without_other_rounds(beside, plan))


@dataclass(frozen=True, slots=True)
class _Same:
    """Forms in which the same was entered; a copy of a form is no later form."""

    at: tuple[int, ...]
    since: Dated
    """When the first of them was handed in."""


class _Forms:
    """All forms of one unit and assessor, each at its place among the files."""

    def __init__(
        self, forms: Mapping[int, CheckedFile], decided: Mapping[int, Decision], plan: Plan
    ) -> None:
        self.forms, self.plan, self.decided = forms, plan, decided
        read = {at: facts_of(file, plan) for at, file in forms.items()}
        self.facts: dict[int, FormFacts] = {at: facts for at, facts in read.items() if facts}
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for at in forms:
            alike[in_short(self.facts[at])].append(at)
        self.short = {at: text for text, several in alike.items() for at in several}
        known = {at: dates(file.received) for at, file in forms.items()}
        since = comparable([earliest(known[at] for at in several) for several in alike.values()])
        same = [_Same(tuple(at), date) for at, date in zip(alike.values(), since, strict=True)]
        self.same = {at: each for each in same for at in each.at}

    def settled(self) -> dict[int, CheckedFile]:
        """All forms, those that do not count marked so."""
        counts = self._counting()
        settled = {at: self._superseded(at, counts) for at in self.forms if at != counts}
        corrected = self._corrected_by(counts)
        file = self.forms[counts]
        if corrected and not file.reason:
            names = "、".join(f"「{self._name(at, counts)}」" for at in corrected)
            file = replace(file, reason=f"{names}的補正表件")
        settled = {at: settled.get(at, file) for at in self.forms}
        return with_halves(settled, counts, self.facts, self._name)

    def _counting(self) -> int:
        """The one that counts: of the last that was entered the soundest, then the latest file."""
        if adopted := [at for at in self.forms if at in self.decided]:
            return max(adopted, key=self._held)
        corrected = {self.same[old] for at in self.forms for old in self._corrected_by(at)}
        # Marks may be forged so that each form corrects another.
        open_ones = set(self.same.values()) - corrected or set(self.same.values())
        last = max(open_ones, key=lambda same: (same.since.at, max(map(self._held, same.at))))
        forms = self.forms
        return max(
            last.at,
            key=lambda at: (
                not forms[at].has_errors,
                dated(forms[at].received).at,
                self._held(at),
            ),
        )

    def _held(self, at: int) -> tuple[str, str, str]:
        """What decides where nothing else does: what was entered, and not how a file is called."""
        received = self.forms[at].received
        return self.short[at], received.reading.sha256, received.listed

    def _corrected_by(self, at: int) -> list[int]:
        """The forms that this one says it corrects, and in which something else was entered."""
        corrects = self.forms[at].corrects
        return [
            old
            for old, file in self.forms.items()
            if corrects and file.received.reading.sha256 == corrects
            if self.same[old] is not self.same[at]
        ]

    def _superseded(self, at: int, counts: int) -> CheckedFile:
        file = self.forms[at]
        apart = differences(self.facts[at], self.facts[counts], self.plan.rubric)
        why = self._why(at, counts, not apart)
        found = f"同一單位另有一份表件，{why}{_apart(apart)}"
        return replace(
            file,
            status="superseded",
            submission=None,
            violations=(file_rules()["duplicate-submission"].find(found),),
            set_aside=file.violations,
            reason=why,
            differences=apart,
        )

    def _why(self, at: int, counts: int, alike: bool) -> str:
        name, here, there = self._name(counts, at), self.forms[at], self.forms[counts]
        last, earlier = self.same[counts].since, self.same[at].since
        if counts in self.decided:
            return f"「{there.name}」{self.decided[counts].in_words}"
        if here.received.reading.sha256 == there.received.reading.sha256:
            return f"與「{name}」內容相同"
        if alike:
            return f"與「{name}」填寫內容相同"
        if at in self._corrected_by(counts):
            return f"「{name}」是本檔的補正表件，以該檔為準"
        if earlier.at == last.at:
            return f"與「{name}」時間相同（依{last.evidence}），暫以該檔為準"
        if earlier.at > last.at:
            return f"「{name}」已補正這個單位的表件，以該檔為準"
        return f"「{name}」較晚（依{last.evidence}），以該檔為準"

    def _name(self, at: int, beside: int) -> str:
        """How to call a form so that nobody takes it for the other."""
        file = self.forms[at]
        return file.name if file.name != self.forms[beside].name else file.received.listed


def _apart(apart: Sequence[Difference]) -> str:
    if not apart:
        return ""
    shown = "，".join(each.in_words for each in apart[:_SHOWN])
    more = "等" if len(apart) > _SHOWN else ""
    return f"；兩份有 {len(apart)} 處不同：{shown}{more}"


def compare(files: Sequence[CheckedFile], plan: Plan) -> tuple[CheckedFile, ...]:
    """What shows only where the forms that count lie side by side, before what each has itself."""
    compared = list(files)
    for rule in batch_rules():
        if not rule.concerns(plan.rubric.is_checklist):
            continue
        counted = [
            (at, file.submission)
            for at, file in enumerate(files)
            if file.submission and all(v.code not in rule.requires for v in file.violations)
        ]
        for found, violation in rule.find([form for _, form in counted], plan):
            file = compared[counted[found][0]]
            compared[counted[found][0]] = replace(file, violations=(violation, *file.violations))
    return tuple(compared)
