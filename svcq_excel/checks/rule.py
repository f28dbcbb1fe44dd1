"""The shape of a rule: what it is called, what must have passed before, and where it finds faults.

A rule is one class; lists, docs and generic tests come from these classes. A subclass with a code
registers itself.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from svcq_excel.checks.answers import Answer, CheckedForm, Delivery
from svcq_excel.checks.submission import Submission
from svcq_excel.checks.violation import Severity, Violation
from svcq_excel.form.facts import Cell, FormFacts
from svcq_excel.plan.plan import Plan
from svcq_excel.workbooks.workbook import Reason, Value

Found = tuple[int, Violation]
"""A violation, and which of the forms at hand it is about."""

Example = Callable[[FormFacts], FormFacts]
"""Turns the facts of a clean form into a good or a bad one."""


class Rule:
    """One thing that can be wrong. `requires` names the codes that make it pointless to look."""

    code: ClassVar[str]
    severity: ClassVar[Severity]
    """Of its violations, unless one says another."""
    title: ClassVar[str]
    clause: ClassVar[str]
    """The source or convention that it rests on."""
    answered_by: ClassVar[Literal["scores", "statuses", "either"]] = "either"
    """What is entered in the forms that it is about: scores, or a checklist's statuses."""
    shown_on: ClassVar[str] = "wra-105"
    """The rubric on whose forms its examples are shown."""
    requires: ClassVar[tuple[str, ...]] = ()
    warned_of: ClassVar[str] = ""
    """How the form's 填寫說明 warns of it, where it is a common mistake."""
    accompanied_by: ClassVar[tuple[str, ...]] = ()
    """Codes that cannot but be found as well where this one is."""

    registered: ClassVar[list[type[Rule]]] = []

    def __init_subclass__(cls) -> None:
        if "code" in cls.__dict__:
            Rule.registered.append(cls)

    def concerns(self, checklist: bool) -> bool:
        """Whether it is about forms of a checklist, or about those of any other rubric."""
        return self.answered_by in {"either", "statuses" if checklist else "scores"}

    def violation(
        self,
        found: str,
        allowed: str,
        todo: str,
        *,
        cell: Cell | None = None,
        criterion: str | None = None,
        name: str = "",
        value: Value | None = None,
        entry: str | None = None,
        severity: Severity | None = None,
    ) -> Violation:
        """`severity` where this one is graver than others of its kind."""
        shown = value if cell is None or value is not None else cell.error or cell.value
        return Violation(
            code=self.code,
            severity=severity or self.severity,
            criterion=criterion,
            criterion_name=name,
            sheet=cell.sheet if cell else None,
            cell=cell.address if cell else None,
            value=shown,
            found=found,
            allowed=allowed,
            todo=todo,
            entry=entry,
        )


class FileRule(Rule):
    """A file that could not be read as a form."""

    allowed: ClassVar[str] = ""
    todos: ClassVar[Mapping[Reason, str]] = {}
    """The reasons that it answers, and what to do about each; the first is the usual one.

    Rules without any are about files that could be read.
    """
    todo: ClassVar[str] = ""
    example: ClassVar[str]
    """What may be found, for the manual."""

    def find(self, found: str, reason: Reason | None = None) -> Violation:
        """`reason` is one that it answers; the usual one where it is left out."""
        usual = next(iter(self.todos.values()), self.todo)
        return self.violation(found, self.allowed, self.todos[reason] if reason else usual)


class UnitRule(Rule):
    """Something about what a unit came to, of whichever files; who makes results looks for it."""

    answered_by = "scores"
    todo: ClassVar[str]
    example: ClassVar[str]
    """What may be found, for the manual."""

    def find(
        self,
        found: str,
        allowed: str = "",
        value: Value | None = None,
        todo: str = "",
        leaf: tuple[str | None, str] = (None, ""),
    ) -> Violation:
        """`todo` where it is not the usual one; `leaf` by id and name, where it is about one."""
        id, name = leaf
        todo = todo or self.todo
        return self.violation(found, allowed, todo, value=value, criterion=id, name=name)


class FormRule(Rule):
    """A fault of one form."""

    of_entries: ClassVar[bool] = True
    """Whether it looks at entries, which only mean something on a form of this assessment."""
    asked_anew: ClassVar[str] = ""
    """What a correction form asks of the unit, where that is something else than what its own form
    asked for: a correction form is whole again."""
    bad: ClassVar[Example]
    good: ClassVar[Example]

    @abstractmethod
    def find(self, form: CheckedForm) -> Iterator[Violation]:
        """Every place of the form where the rule is broken."""

    def at(
        self, answer: Answer, found: str, allowed: str, todo: str, cell: Cell | None = None
    ) -> Violation:
        """A violation at an answer's score, or at another cell of its row."""
        return self.violation(
            found,
            allowed,
            todo,
            cell=cell or answer.entry.score,
            criterion=answer.leaf.id,
            name=answer.leaf.name,
            entry=answer.key_of(cell),
        )


class ScoreRule(FormRule):
    """A fault in what is scored, which a checklist is not."""

    answered_by = "scores"


class StatusRule(FormRule):
    """A fault in how the steps of a checklist were answered."""

    answered_by, shown_on = "statuses", "kpw-102"


class DeliveryRule(FormRule):
    """Something about how a form came, whatever was entered in it."""

    of_entries = False
    requires: ClassVar[tuple[str, ...]] = ("other-rubric",)
    bad: ClassVar[Example] = staticmethod(lambda facts: facts)
    good: ClassVar[Example] = staticmethod(lambda facts: facts)
    came_badly: ClassVar[Delivery]
    came_well: ClassVar[Delivery]


class BatchRule(Rule):
    """Something that shows only beside other forms: all that count, of the whole round.

    `requires` names codes of forms that are left aside.
    """

    bad: ClassVar[tuple[Example, ...]]
    good: ClassVar[tuple[Example, ...]]

    @abstractmethod
    def find(self, forms: Sequence[Submission], plan: Plan) -> Iterator[Found]:
        """Every form concerned, by its place among the forms."""
