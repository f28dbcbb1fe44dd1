"""Compares parts of a definition field by field, and lists of them entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from svcq_excel.rubric.differing.change import altered, is_absent
from svcq_excel.rubric.differing.matching import Key, Matched, matched, texts_matched
from svcq_excel.rubric.differing.text_changes import in_quotes, text_changed
from svcq_excel.rubric.differing.words import WORDS
from svcq_excel.rubric.node import Part

P = TypeVar("P", bound=Part)
T = TypeVar("T")
Compare = Callable[[P, P], Iterator[str]]


def fields_changed(old: Part, new: Part) -> Iterator[str]:
    """A sentence for each field that has a word of its own and differs."""
    for name, word in WORDS[type(new)].items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield altered(word.said, before, after, word.show)


def described(part: Part) -> str:
    """What a part says besides its name, in brackets, for where it comes or goes as a whole."""
    said = [
        f"{word.said}：{word.show(getattr(part, name))}"
        for name, word in WORDS[type(part)].items()
        if name != "name" and not is_absent(getattr(part, name))
    ]
    return f"（{'，'.join(said)}）" if said else ""


def part_changed(what: str, old: P | None, new: P | None, *others: Compare[P]) -> Iterator[str]:
    """A part that a definition has or has not: one sentence where it comes or goes."""
    if old is None or new is None:
        part = new or old
        if part is not None:
            yield f"{'增列' if old is None else '刪除'}{what}{described(part)}"
        return
    for compare in (fields_changed, *others):
        for said in compare(old, new):
            yield f"{what}：{said}"


def entries_changed(
    old: Sequence[P],
    new: Sequence[P],
    what: str,
    called: Callable[[P], str],
    *keys: Key[P],
    compare: Compare[P] = fields_changed,
) -> Iterator[str]:
    """Each entry that came, went or differs, by what it is called; then their order."""
    found = matched(old, new, *keys)
    for before, after in found.pairs:
        if before and after:
            for said in compare(before, after):
                yield f"{what}{called(before)}：{said}"
        elif after:
            yield f"增列{what}{called(after)}{described(after)}"
        elif before:
            yield f"刪除{what}{called(before)}{described(before)}"
    yield from order_changed(found, what, called)


def texts_changed(old: Sequence[str], new: Sequence[str], what: str) -> Iterator[str]:
    """The same of a list of texts."""
    found = texts_matched(old, new)
    for before, after in found.pairs:
        if before is None:
            yield f"增列{what}{in_quotes(after or '')}"
        elif after is None:
            yield f"刪除{what}{in_quotes(before)}"
        elif before != after:
            yield f"{what}{in_quotes(before)}{text_changed(before, after)}"
    yield from order_changed(found, what, in_quotes)


def order_changed(found: Matched[T], what: str, called: Callable[[T], str]) -> Iterator[str]:
    """One sentence, if the order of what stayed is another one."""
    if not found.moved:
        return
    stayed = [after for before, after in found.pairs if before is not None and after is not None]
    if len(found.moved) == 1:
        at = next(at for at, each in enumerate(stayed) if each is found.moved[0])
        where = f"{called(stayed[at - 1])}之後" if at else "最前"
        yield f"{what}順序：{called(stayed[at])}改列於{where}"
    else:
        yield f"{what}順序改為：{'、'.join(map(called, stayed))}"
