"""Clauses that a plan file puts in the place of its rubric's own."""

from __future__ import annotations

from dataclasses import dataclass

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.clauses import Clauses
from svcq_excel.rubric.lint.linter import lint
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.source import Source


@dataclass(frozen=True, slots=True)
class PlanClauses:
    """The clauses that were written, and where."""

    clauses: Clauses
    source: Source

    def applied(self, rubric: Rubric) -> Rubric:
        """The rubric with these in the place of its own.

        Raises DefinitionError where they do not fit it.
        """
        given = self.clauses.model_fields_set
        told = {name: getattr(self.clauses, name) for name in given}
        changed = rubric.model_copy(update={"clauses": rubric.clauses.model_copy(update=told)})
        if problems := lint(changed, self.source):
            raise DefinitionError(problems)
        return changed
