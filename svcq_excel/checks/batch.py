"""Each file of the inbox, checked and condensed to what it hands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Literal

from svcq_excel.checks.answers import CheckedForm, Delivery
from svcq_excel.checks.catalogue import file_rules, rule_for
from svcq_excel.checks.differing import Difference
from svcq_excel.checks.documents import HandedIn, handed_in
from svcq_excel.checks.identifying import identified
from svcq_excel.checks.looking_like import seems, whose_form
from svcq_excel.checks.rules.seals import FROM_ANOTHER_FOLDER
from svcq_excel.checks.runner import check
from svcq_excel.checks.submission import Submission, submission_of
from svcq_excel.checks.violation import Violation
from svcq_excel.form.entered import untouched
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import Identity, form_word
from svcq_excel.inbox.handed_in_when import HandIn, future
from svcq_excel.inbox.messages import decoded, unpacked
from svcq_excel.inbox.reading import Mail
from svcq_excel.inbox.receiving import Received
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.folding import fold
from svcq_excel.workbooks.workbook import Unreadable

FileStatus = Literal[
    "accepted", "needs-correction", "superseded", "blank", "unread", "rejected", "ignored"
]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of the inbox, what is wrong with it, and what it hands in."""

    received: Received
    """Without its facts, which can be read again from the message."""
    status: FileStatus
    identity: Identity | None = None
    submission: Submission | None = None
    violations: tuple[Violation, ...] = ()
    set_aside: tuple[Violation, ...] = ()
    """Of a superseded form, what is wrong with it: nobody has to mend that."""
    reason: str = ""
    """Why it counts or does not, where that needs saying."""
    differences: tuple[Difference, ...] = ()
    """From the form that counts in its place."""
    document: HandedIn | None = None
    """What it is where it is no form but a document to hand in."""
    of_round: str = ""
    """Of the plan's other rounds, the one that the form is of."""
    likely: Unit | None = None
    """The unit whose form it seems to be, where it cannot be read as one."""
    corrects: str = ""
    """Of a correction form, the SHA-256 of the file that it answers."""
    correct_by: datetime | None = None
    """The deadline that its notice named."""
    hand_ins: tuple[HandIn, ...] = ()
    """Of a form that counts, when its unit first handed one in, and when its correction came."""

    carries: tuple[str, ...] | None = None
    """Of a checklist, the steps on it that are not due in its round; None where it is silent."""

    @property
    def name(self) -> str:
        return self.received.name

    @property
    def counts(self) -> bool:
        """Whether it makes its unit's result, one that it has to be corrected among them."""
        return self.status in {"accepted", "needs-correction"}

    @property
    def has_errors(self) -> bool:
        return any(violation.severity == "error" for violation in self.violations)

    @property
    def of_this_round(self) -> bool:
        return self.identity is not None and not self._has("other-rubric")

    def other_round(self, plan: Plan) -> str:
        """The round that a form of this assessment is of, where that is not the one asked for."""
        identity = self.identity
        if self.of_this_round or not identity or identity.rubric not in {"", plan.rubric.id}:
            return ""
        return identity.round if plan.is_of_another_round(identity.round) else ""

    @property
    def sure_whose(self) -> bool:
        """Whether it is for this round, and all its marks name one unit, and prove it."""
        return self.of_this_round and not self._has("identity-conflict", "seal-broken")

    @property
    def known_assessor(self) -> bool:
        """Whether it is a form of a kind, and of a member, that the assessment has."""
        return not self._has("unknown-assessor")

    def _has(self, *codes: str) -> bool:
        return any(violation.code in codes for violation in self.violations)


def check_file(received: Received, plan: Plan) -> CheckedFile:
    """One file, checked by itself."""
    content = received.reading.content
    kept = replace(received.reading, content=None)
    received = replace(received, reading=kept, forwardings=_forwardings(kept.mails, plan))
    if content is None:
        return _ignored(received, plan)
    if isinstance(content, Unreadable):
        return _rejected(received, content, plan)
    if not content.is_form and content.identity.rubric in {"", plan.rubric.id}:
        gone = Unreadable("no-form", "評分表的工作表已不在活頁簿內")
        return _rejected(received, gone, plan)
    content = identified(content, plan.by_code, plan.assessors)
    rubric = plan.rubric_of(content.identity.unit)
    if rubric.form_key != plan.rubric.form_key:
        content = _asked(content, rubric)
    if content.identity.rubric and (other := plan.other_round_of(content.identity.round)):
        reason = f"是{other}的表件，不屬本期"
        return CheckedFile(received, "ignored", reason=reason, of_round=other)
    form = CheckedForm(
        content,
        rubric,
        plan.by_code,
        plan.round,
        _delivery(received),
        plan.assessors,
        plan.seal_key,
    )
    violations = check(form)
    checked = CheckedFile(
        received,
        "accepted",
        form.facts.identity,
        violations=violations,
        corrects=content.corrects,
        correct_by=datetime.fromisoformat(content.correct_by) if content.correct_by else None,
        carries=_carries(form, plan),
    )
    elsewhere = any(each.found == FROM_ANOTHER_FOLDER for each in violations)
    if form.ours and (elsewhere or checked.of_this_round) and untouched(content):
        return _blank(checked, f"，且{FROM_ANOTHER_FOLDER}" if elsewhere else "")
    if checked.has_errors:
        return replace(checked, status="needs-correction")
    return replace(checked, submission=submission_of(form))


def facts_of(file: CheckedFile, plan: Plan) -> FormFacts | None:
    """What was entered in a form, read again: nobody holds the facts of a whole round."""
    content = decoded(unpacked(file.received.message), plan.rubric).content
    if not isinstance(content, FormFacts):
        return None
    return identified(content, plan.by_code, plan.assessors)


def _asked(facts: FormFacts, rubric: Rubric) -> FormFacts:
    """The facts without steps that only other units' forms hold."""
    entries = {id: rows for id, rows in facts.entries.items() if id in rubric.leaf_by_id}
    shown = {id: cell for id, cell in facts.shown.items() if not id or id in rubric.nodes}
    return replace(facts, entries=entries, shown=shown)


def _carries(form: CheckedForm, plan: Plan) -> tuple[str, ...] | None:
    """What the plan carries, where the form was made from the same steps; else what it bears."""
    identity, steps = form.facts.identity, form.facts.steps
    if identity.digest == form.rubric.digest:
        return plan.carried_to(identity.unit)
    return plan.not_due(steps) if steps else None


def _delivery(received: Received) -> Delivery:
    origin = received.reading.origin
    return Delivery(received.mails, origin.oddities, origin.recomputes, future(received))


def _forwardings(mails: Sequence[Mail], plan: Plan) -> int:
    """How many mails the office itself sent on, each with the next one attached."""
    from_office = takewhile(lambda mail: plan.is_the_office(mail.sender), mails[:-1])
    return sum(1 for _ in from_office)


def _blank(file: CheckedFile, besides: str) -> CheckedFile:
    found = ("補正表件尚未更正" if file.corrects else "表件沒有填寫任何內容") + besides
    violation = file_rules()["blank-form"].find(found)
    return replace(file, status="blank", violations=(violation,), reason=f"{found}，不計入")


def _ignored(received: Received, plan: Plan) -> CheckedFile:
    document = handed_in(received, plan)
    likely = None if document else whose_form(received, plan)
    reason = document.in_words if document else received.reading.ignored
    if likely:
        reason = seems(received, likely, form_word(plan.rubric))
    return CheckedFile(received, "ignored", reason=reason, document=document, likely=likely)


def _rejected(received: Received, content: Unreadable, plan: Plan) -> CheckedFile:
    violation = rule_for(content.reason).find(content.found, content.reason)
    likely = whose_form(received, plan)
    status: FileStatus = "unread" if content.reason == "withheld" else "rejected"
    return CheckedFile(received, status, violations=(violation,), likely=likely)


def one_spelling(files: Sequence[CheckedFile]) -> Iterator[CheckedFile]:
    """The files, of which all of one assessor spell the key alike: K1 and ｋ１ are one member.

    What is on a list is spelled as there; of the others the first in the order of characters
    stands for all, so that it does not matter in which order files are found."""
    spelled: dict[str, str] = {}
    for key in sorted(file.identity.assessor for file in files if file.identity):
        spelled.setdefault(fold(key), key)
    for file in files:
        key = spelled[fold(file.identity.assessor)] if file.identity else ""
        yield _of_assessor(file, key) if key else file


def _of_assessor(file: CheckedFile, key: str) -> CheckedFile:
    identity, submission = file.identity, file.submission
    if identity is None or identity.assessor == key:
        return file
    return replace(
        file,
        identity=replace(identity, assessor=key),
        submission=replace(submission, assessor=key) if submission else None,
    )
