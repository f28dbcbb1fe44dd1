"""各項問題 and 易錯細項: what is wrong most often, by rule and by criterion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from svcq_excel.checks.catalogue import titles
from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.results.model import GRAVITY, Finding, Outcome, unit_in
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import SEVERITY_TONES
from svcq_excel.results.wording import heading

K = TypeVar("K", bound=Hashable)

_UNITS_NAMED = 8
"""Units that a line names; of more it says how many."""

_BY_RULE = (
    ListColumn("嚴重性", 76, "centred", SEVERITY_TONES),
    ListColumn("問題", 240),
    ListColumn("項數", 60, "total"),
    ListColumn("單位數", 66, "centred"),
    ListColumn("細項（項數）", 330),
    ListColumn("單位", 286),
    ListColumn("代碼", 160, "small", hidden=True),
)
_BY_CRITERION = (
    ListColumn("代號", 80, "centred"),
    ListColumn("評核項目", 140),
    ListColumn("評分細項", 200),
    ListColumn("項數", 60, "total"),
    ListColumn("單位數", 66, "centred"),
    ListColumn("問題（項數）", 276),
    ListColumn("單位", 216),
)


def write_by_rule(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet of rules that were broken: the gravest first, then the most frequent."""
    order = {id: at for at, id in enumerate(outcome.rubric.nodes)}
    groups = _grouped(outcome.findings, lambda finding: finding[1].code)
    groups.sort(key=lambda group: GRAVITY.index(group[1][0][1].severity))

    def contents() -> Iterator[Sequence[Content]]:
        for code, found in groups:
            word = SEVERITY_WORDS[found[0][1].severity]
            in_order = sorted(found, key=lambda finding: order.get(finding[1].criterion or "", -1))
            where = _tally(v.criterion_name for _, v in in_order if v.criterion_name)
            yield (word, titles()[code], *_how_many(outcome, found, where), code)

    sheet = Sheet(book, name, widths(_BY_RULE))
    sheet.title(heading(outcome, "各項問題"))
    filtered(sheet, _BY_RULE, contents())


def write_by_criterion(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet of criteria that units get wrong: the most frequent first."""
    rubric = outcome.rubric
    order = {id: at for at, id in enumerate(rubric.nodes)}
    wrong = [
        (file, violation)
        for file, violation in outcome.findings
        if violation.severity != "notice" and violation.criterion in order
    ]
    wrong.sort(key=lambda finding: order[finding[1].criterion or ""])
    items = {node.id: item.name for item in rubric.items for _, node in item.walk()}

    def contents() -> Iterator[Sequence[Content]]:
        for id, found in _grouped(wrong, lambda finding: finding[1].criterion or ""):
            which = _tally(titles()[v.code] for _, v in found)
            node, item = rubric.nodes[id], items.get(id)
            name = node.name if node not in rubric.items else None
            yield (id, item, name, *_how_many(outcome, found, which))

    sheet = Sheet(book, name, widths(_BY_CRITERION))
    sheet.title(heading(outcome, "易錯細項"))
    sheet.across("應更正及請確認事項最多的細項列在最前；提示不計。", "line_right")
    filtered(sheet, _BY_CRITERION, contents())


def _grouped(
    findings: Iterable[Finding], key: Callable[[Finding], K]
) -> list[tuple[K, list[Finding]]]:
    """The largest group first; of equal ones that which came first."""
    groups: defaultdict[K, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[key(finding)].append(finding)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def _how_many(outcome: Outcome, found: Sequence[Finding], tally: str) -> Sequence[Content]:
    names = outcome.unit_names
    units = list(dict.fromkeys(filter(None, (unit_in(about) for about, _ in found))))
    said = "、".join(names.get(unit, unit) for unit in units[:_UNITS_NAMED])
    more = f" 等 {len(units)} 個單位" if len(units) > _UNITS_NAMED else ""
    return len(found), len(units) or None, tally, said + more


def _tally(names: Iterable[str]) -> str:
    """甲（3）、乙（1）: the most frequent first."""
    return "、".join(f"{name}（{many}）" for name, many in Counter(names).most_common())
