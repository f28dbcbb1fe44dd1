"""The live formulas of a form: its sums, how far it is filled in, and each row's advice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from svcq_excel.form.formulas import advice
from svcq_excel.form.formulas.advice import ASK, OPEN, RIGHT
from svcq_excel.form.formulas.expressions import (
    Entries,
    Expression,
    constant,
    filled,
    is_text,
    total,
    when,
)
from svcq_excel.form.layout.grid import Box, Role, sum_word
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.rubric.model import Node, Rubric
from svcq_excel.rubric.node import DONE
from svcq_excel.rubric.once_a_form import OnceAForm


def formulas_of(layout: Layout) -> Mapping[str, Expression]:
    """Every formula of a form that is laid out so, by the address of its cell."""
    blank = lay_out(layout.rubric)
    return _of_blank(layout.rubric) if layout is blank else _formulas_in(layout)


@OnceAForm
def _of_blank(rubric: Rubric) -> Mapping[str, Expression]:
    return _formulas_in(lay_out(rubric))


def _formulas_in(layout: Layout) -> Mapping[str, Expression]:
    live = (box for box in layout.boxes if box.role in {Role.TOTAL, Role.ADVICE})
    return {box.address: formula_of(layout, box) for box in live}


def formula_of(layout: Layout, box: Box) -> Expression:
    """The formula of a total or an advice."""
    match box.what:
        case "total" | "section_sum" if layout.rubric.is_checklist:
            return _completed(layout, [box.node] if box.node else layout.rubric.tree)
        case "total":
            return total(_scores(layout, layout.rubric.tree))
        case "section_sum" if box.node:
            return total(_scores(layout, [box.node]))
        case "sum" if box.node:
            label = f"{box.text}\n{sum_word(layout.rubric, box.node)}："
            return constant(label).joined(total(_scores(layout, [box.node]))).joined("分")
        case "progress":
            return _progress(layout)
        case "allowed" if box.node:
            return advice.allowed(layout, box.node)
        case "growth" if box.node:
            return advice.growth(layout, box.node)
        case "check" if box.node:
            return advice.check(layout, box.node)
    raise ValueError(box.what)


def _scores(layout: Layout, nodes: Iterable[Node]) -> list[str]:
    return [layout.entries[leaf.id, "score"].address for node in nodes for leaf in node.leaves]


def _completed(layout: Layout, nodes: Sequence[Node]) -> Expression:
    """How many steps of how many are done; between the first and the last stand no others."""
    leaves = [leaf for node in nodes for leaf in node.leaves]
    cells = [layout.entries[leaf.id, "status"].address for leaf in leaves]
    done = [is_text(at, DONE) for at in cells]
    count = Expression(
        f'COUNTIF({cells[0]}:{cells[-1]},"{DONE}")', lambda e: sum(each.compute(e) for each in done)
    )
    return constant(f"{DONE} ").joined(count).joined(f"／{len(leaves)} 項")


def _progress(layout: Layout) -> Expression:
    leaves = layout.rubric.leaves
    cells = [layout.advice[leaf.id, "check"].address for leaf in leaves]
    words = _Words([advice.check(layout, leaf) for leaf in leaves])

    def counted(beginning: str, criterion: str) -> Expression:
        return Expression(
            f'COUNTIF({cells[0]}:{cells[-1]},"{criterion}")',
            lambda e: sum(word.startswith(beginning) for word in words.of(e)),
        )

    is_open = counted(OPEN, OPEN)
    settled = is_open + counted(RIGHT, f"{RIGHT}*") + counted(ASK, f"{ASK}*")
    wrong = Expression(
        f"({len(cells)}-({settled.excel}))", lambda e: len(cells) - settled.compute(e)
    )
    head = filled([layout.entries["", key].address for key in ("assessor", "date")])
    unfilled = constant("尚有 ").joined(is_open).joined(" 項未填")
    return (
        when([(is_open.is_equal(0), "各項均已填寫")], unfilled)
        .joined(when([(wrong.is_equal(0), "")], constant("，").joined(wrong).joined(" 項請更正")))
        .joined(when([(head.is_equal(2), "")], "，請填考核人員及日期"))
    )


class _Words:
    """What 檢核 says in every row: asked for several times over, worked out once."""

    def __init__(self, checks: Sequence[Expression]) -> None:
        self._checks = checks
        self._entries: Entries | None = None
        self._words: list[str] = []

    def of(self, entries: Entries) -> list[str]:
        if self._entries is not entries:
            self._entries, self._words = entries, [each.compute(entries) for each in self._checks]
        return self._words
