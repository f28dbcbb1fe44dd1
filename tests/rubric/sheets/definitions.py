"""Any definition, with all that a definition may say, for properties of its workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from svcq_excel.rubric.model import DIRECTIONS, Rubric
from tests.form.rubrics import names, rubrics, texts

_ODD = st.sampled_from(
    [
        "甲、乙",
        "「引」",
        "」",
        "一\n二",
        "半;形,號",
        "=A1",
        "1",
        "0101",
        "１２",
        "_x000D_",
        "a  b\tc",
        "105/7/5",
        "TRUE",
        "50%",
        "#N/A",
        "上半年",
    ]
)
_WORDS = _ODD | names(20)
_POINTS = st.decimals(0, 1000, places=4) | st.integers(0, 1000).map(Decimal)
_KINDS = st.sampled_from(["self", "hq", "committee"])


def _maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


def _lists(of: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=least, max_size=most)


def _parts(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A part of a definition; what is None is not said."""
    return st.fixed_dictionaries(fields).map(
        lambda part: {key: value for key, value in part.items() if value is not None}
    )


_HEADINGS = st.recursive(
    _parts(name=_WORDS, hint=_maybe(texts(60)), columns=_lists(_WORDS)),
    lambda below: st.tuples(_parts(name=_WORDS), st.lists(below, max_size=2)).map(
        lambda both: {**both[0], "heads": both[1]}
    ),
    max_leaves=4,
)
_DOCUMENTS = _parts(
    id=st.sampled_from(["a", "b-1", "report"]),
    name=_WORDS,
    annex=_WORDS,
    title=st.sampled_from(["{unit}報告", "報告", "{unit}"]),
    line=_maybe(_WORDS),
    heads=_lists(_HEADINGS, 1, 2),
    note=_maybe(texts(60)),
    pages=_maybe(st.integers(1, 30)),
)


def _clauses(ids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    nodes, article = st.sampled_from(ids), _maybe(_WORDS)
    ties = st.sampled_from([*ids, "total", "firsts"])
    return _parts(
        rounds=_maybe(_parts(names=_lists(_WORDS, 2), clause=article)),
        grading=article,
        committee=_maybe(
            _parts(
                method=_maybe(st.sampled_from(["mean", "trimmed", "median"])),
                trim=_maybe(st.integers(1, 5)),
                per=_maybe(st.sampled_from(["leaf", "total"])),
                apart_share=_maybe(st.decimals(0, 1, places=3)),
                clause=article,
            )
        ),
        scale=_maybe(_parts(to=st.decimals(1, 2000, places=1), clause=article)),
        adjustments=_lists(
            _parts(
                name=_WORDS,
                effect=st.sampled_from(["bonus", "deduction"]),
                most=_maybe(st.decimals("0.5", 50, places=1)),
                kind=_maybe(_KINDS),
                clause=article,
            )
        ),
        ceiling=_maybe(_parts(to=st.integers(1, 2000))),
        rounding=_maybe(
            _parts(
                places=_maybe(st.integers(0, 4)),
                method=_maybe(st.sampled_from(["half-up", "down", "up"])),
            )
        ),
        floors=_lists(_parts(node=nodes, min=_POINTS, grade=_maybe(_WORDS), clause=article)),
        reevaluation=_maybe(
            _parts(kind=_KINDS, grades=_lists(_WORDS, 1), becomes=_WORDS, clause=article)
        ),
        ranking=_maybe(
            _parts(
                within=_maybe(st.sampled_from(["group", "all"])),
                by=_maybe(st.sampled_from(["total", "places"])),
                places_of=_maybe(st.sampled_from(["scores", "totals"])),
                method=_maybe(st.sampled_from(["competition", "dense"])),
                ties=_lists(ties),
                clause=article,
            )
        ),
    )


@st.composite
def definitions(draw: st.DrawFn) -> Rubric:
    """Sound in shape; what it says need not make sense."""
    rubric = draw(rubrics())
    said = draw(
        _parts(
            title=_WORDS,
            agency=_WORDS,
            form_label=_WORDS,
            table_label=_maybe(_WORDS),
            form_direction=_maybe(st.sampled_from(DIRECTIONS)),
            unit_table_title=_maybe(st.sampled_from(["{agency}{year}({kind})", "表"])),
            text_title=_maybe(_WORDS),
            unit_label=_maybe(_WORDS),
            documents=_lists(_DOCUMENTS, 0, 2),
            unread=_lists(_WORDS),
            notes=_lists(_WORDS),
            signatures=_lists(_WORDS),
            grades=_lists(_parts(name=_WORDS, min=_POINTS)),
            grade_line=_maybe(texts(60)),
            rewards=_lists(
                _parts(
                    kind=_KINDS,
                    grades=_lists(_WORDS),
                    ranks=_lists(st.integers(1, 20)),
                    reevaluated=_maybe(st.just("failed")),
                    text=texts(60),
                    clause=_WORDS,
                )
            ),
            clauses=_clauses(list(rubric.nodes)),
            judgement=_parts(
                near_threshold=_maybe(_POINTS),
                apart_share=_maybe(st.decimals(0, 1, places=4)),
                full_share=_maybe(st.decimals(0, 1, places=2)),
                fewest_leaves=_maybe(st.integers(1, 9)),
            ),
            kinds=st.dictionaries(_KINDS, _WORDS, min_size=1),
        )
    )
    return Rubric.model_validate({**rubric.model_dump(), **said})
