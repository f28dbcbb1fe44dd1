"""What was written of another unit: it never travels, whoever wrote it and wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from unicodedata import normalize

from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult

ANOTHER = "其他單位"
"""What stands in the place of its name or code."""
_TWINS = {"臺": "[臺台]", "台": "[臺台]"}


class Others:
    """Finds the names and codes of units in texts that go to one of them."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = tuple(units)
        called = {name for unit in self._units for name in _called(unit)}
        either = "|".join(map(_spelled, sorted(called, key=len, reverse=True)))
        self._any = re.compile(either, re.IGNORECASE) if either else None

    def hidden(self, unit: Unit, text: str) -> str:
        """The text with 其他單位 where it names another one; as it is, where it names none."""
        if self._any is None or not self._any.search(plain := _plain(text)):
            return text
        own = {_folded(name) for name in _called(unit)}

        def said(found: re.Match[str]) -> str:
            return found[0] if _folded(found[0]) in own else ANOTHER

        made = self._any.sub(said, plain)
        return text if made == plain else made

    def without(self, result: UnitResult) -> UnitResult:
        """A unit's result in which no text names another one."""

        def hide(text: str) -> str:
            return self.hidden(result.unit, text)

        return replace(
            result,
            comments=hide(result.comments),
            remarks={item: _each(texts, hide) for item, texts in result.remarks.items()},
            notes=_each(result.notes, hide),
            steps={
                leaf: step._replace(done=hide(step.done), proof=hide(step.proof))
                for leaf, step in result.steps.items()
            },
            score_changes=tuple(
                replace(each, reason=hide(each.reason)) for each in result.score_changes
            ),
        )


def _called(unit: Unit) -> Iterable[str]:
    """Its name; its code where that is no mere number or letter, which may stand for anything."""
    yield _plain(unit.name)
    code = _plain(unit.code)
    if len(code) > 1 and re.search(r"[^\W\d_]", code):
        yield code


def _spelled(name: str) -> str:
    """However it is spaced or spelled; a code only where it stands for itself."""
    pieces = (_TWINS.get(char, re.escape(char)) for char in name if not char.isspace())
    made = r"\s*".join(pieces)
    return rf"(?<![A-Za-z0-9]){made}(?![A-Za-z0-9])" if name.isascii() else made


def _plain(text: str) -> str:
    return normalize("NFKC", text)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold().replace("台", "臺")


def _each(texts: Mapping[str, str], change: Callable[[str], str]) -> dict[str, str]:
    return {key: change(text) for key, text in texts.items()}
