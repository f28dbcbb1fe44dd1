"""An outcome as a few lines of text: what to correct, who is missing, how many of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.results.model import FILE_STATUS_WORDS, UNIT_STATUS_WORDS, Outcome


def details(outcome: Outcome) -> Iterator[str]:
    """Each file about which there is something to say, with its violations below it."""
    names = {unit.unit.code: unit.unit.name for unit in outcome.units}
    for file in outcome.files:
        if not file.violations:
            continue
        whose = f"{file.unit} {names.get(file.unit, '')}　" if file.unit else ""
        yield f"{whose}{file.path}（{FILE_STATUS_WORDS[file.status]}）"
        for violation in file.violations:
            word = SEVERITY_WORDS[violation.severity]
            yield f"  {word}　{violation.message}〔{violation.code}〕"
    for unit in outcome.units:
        if unit.status == "missing":
            yield f"{unit.unit.code} {unit.unit.name}　未繳"


def summary(outcome: Outcome) -> Iterator[str]:
    """The round in two lines of figures."""
    units = Counter(unit.status for unit in outcome.units)
    files = Counter(file.status for file in outcome.files)
    yield f"{outcome.rubric.title}　{outcome.round}"
    counted = "、".join(f"{word} {units[key]}" for key, word in UNIT_STATUS_WORDS.items())
    yield f"單位 {len(outcome.units)}：{counted}"
    counted = "、".join(f"{word} {files[key]}" for key, word in FILE_STATUS_WORDS.items())
    yield f"檔案 {len(outcome.files)}：{counted}"
