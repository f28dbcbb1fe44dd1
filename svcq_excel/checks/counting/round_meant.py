"""Of which round the forms are that came: the one asked for, or the one that they share."""

from __future__ import annotations

from collections.abc import Iterable

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.definition import OtherRoundsError, SeveralRoundsError
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rounds import named_rounds


def round_meant(files: Iterable[CheckedFile], plan: Plan) -> str:
    """The round that the plan names, or the one that all forms share; of blank forms only where
    there are no others. Raises RoundError where none came of the one, or where they share none.
    """
    ours = [file for file in files if file.identity and file.identity.rubric == plan.rubric.id]
    mine = [file for file in ours if file.of_this_round]
    if plan.round:
        others = [each for each in _rounds_of(ours) if plan.is_of_another_round(each)]
        if others and not mine:
            raise OtherRoundsError(plan.round, others)
        return plan.round
    rounds = _rounds_of(file for file in mine if file.status != "blank") or _rounds_of(mine)
    if len(rounds) > 1:
        raise SeveralRoundsError(rounds)
    return rounds[0] if rounds else plan.rubric.default_round


def _rounds_of(files: Iterable[CheckedFile]) -> tuple[str, ...]:
    return named_rounds(file.identity.round for file in files if file.identity)
