"""An outcome as a few lines of text: what to correct, who is missing, how many of what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from svcq_excel.checks.catalogue import titles
from svcq_excel.checks.violation import SEVERITY_WORDS, Violation
from svcq_excel.results.awaiting import awaited, nobody, provisional_notes
from svcq_excel.results.model import FILE_STATUS_WORDS, UNIT_STATUS_WORDS, FileResult, Outcome
from svcq_excel.results.wording import (
    decided,
    files_by_status,
    name_with_code,
    read_too_long,
    result_of,
    seeming_forms,
    unit_of,
    units_by_status,
)
from svcq_excel.text.visible import visible

_NAMED = 3
"""Files or criteria of one kind that a line names; of more it says how many."""
_MANY = 6
"""So many violations of one kind in a form are told in one line."""


def details(outcome: Outcome) -> Iterator[str]:
    """Unit by unit each file about which there is something to say, those that say the same
    together; then the ignored ones and missing units."""
    for line in _details(outcome):
        yield visible(line)


def summary(outcome: Outcome) -> Iterator[str]:
    """The round in a few lines of figures; every file is accounted for."""
    yield f"{outcome.rubric.title}　{outcome.round}"
    yield units_by_status(outcome)
    yield from provisional_notes(outcome)
    yield files_by_status(outcome) if outcome.files else "收件資料夾內沒有任何檔案"
    if given_up := read_too_long(outcome):
        yield given_up
    if settled := sum(map(decided, outcome.files)):
        yield f"依決定檔採用或排除的檔案 {settled}"


def _details(outcome: Outcome) -> Iterator[str]:
    alike = _saying_the_same(outcome.by_unit)
    together = {file.path for several in alike for file in several}
    for file in outcome.by_unit:
        if file.path not in together and (file.violations or decided(file)):
            yield from _about(outcome, file)
    for files in alike:
        yield f"{FILE_STATUS_WORDS[files[0].status]}　{_named([file.path for file in files])}"
        yield from _violations(files[0].violations)
    yield from _ignored(outcome)
    for result in outcome.units:
        if result.violations:
            yield f"{name_with_code(result.unit)}　{result_of(outcome, result)}"
            yield from _violations(result.violations)
    for result in outcome.units:
        told = awaited(result)
        if result.status == "missing" or told:
            whose = f"{result.unit.code} {result.unit.name}"
            kind = f"{outcome.rubric.kind_word(result.kind)}：" if len(outcome.kinds) > 1 else ""
            missing = UNIT_STATUS_WORDS["missing"]
            said = f"{whose}　{kind}{missing if result.status == 'missing' else told}"
            yield "；".join(filter(None, [said, nobody(result), *seeming_forms(outcome, result)]))
    for problem in outcome.unmatched:
        yield f"請留意：{problem}"


def _about(outcome: Outcome, file: FileResult) -> Iterator[str]:
    """The file, what was decided on it, and its violations below it."""
    whose = f"{unit_of(outcome, file)}　" if file.unit else ""
    why = f"　{file.reason}" if decided(file) else ""
    yield f"{whose}{file.path}（{FILE_STATUS_WORDS[file.status]}）{why}"
    yield from _violations(file.violations)


def _violations(violations: Sequence[Violation]) -> Iterator[str]:
    """A line each; of many of one kind, one line that names the first of them."""
    kinds: defaultdict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        kinds[violation.code].append(violation)
    for violation in violations:
        several = kinds[violation.code]
        title = f"  {SEVERITY_WORDS[violation.severity]}　{titles()[violation.code]}"
        if len(several) < _MANY:
            yield f"{title}：{violation.message}"
        elif violation is several[0]:
            names = [f"「{each.criterion_name}」" for each in several if each.criterion_name]
            where = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
            yield f"{title} {len(several)} 項：{where}。"


def _saying_the_same(files: Iterable[FileResult]) -> list[list[FileResult]]:
    """Files of no unit of this round, and blank ones, of which the same is said."""
    kinds: defaultdict[tuple[str, str], list[FileResult]] = defaultdict(list)
    for file in files:
        aside = file.status == "blank" or (file.unit and not file.sure_whose)
        if aside and len(file.violations) == 1 and not decided(file):
            kinds[file.status, file.violations[0].message].append(file)
    return [several for several in kinds.values() if len(several) > 1]


def _ignored(outcome: Outcome) -> Iterator[str]:
    """A line for each kind of file that is never a form."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for file in outcome.files:
        if file.status == "ignored" and not decided(file):
            kinds[file.reason].append(file.path)
    for reason, paths in kinds.items():
        yield f"略過（{reason}）　{_named(paths)}"


def _named(paths: Sequence[str]) -> str:
    more = f" 等 {len(paths)} 個檔案" if len(paths) > _NAMED else ""
    return f"{'、'.join(paths[:_NAMED])}{more}"
