"""Where an assessment stands, as lines for a console, however narrow it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.assessment.letters_sent import told
from svcq_excel.assessment.next_steps import STEPS, next_steps
from svcq_excel.assessment.progress.counting import counted
from svcq_excel.assessment.standing import Standing, UnitStanding
from svcq_excel.text.roc_dates import roc_deadline
from svcq_excel.text.visible import visible
from svcq_excel.text.widths import cut_to, width_of

_INDENT = "    "
_LEAST = 40


def lines(now: Standing, width: int | None) -> Iterator[str]:
    """In lines of at most `width` columns, of which a Chinese character takes two; None where
    nobody looks, and each thing stands on one line."""
    for line in _lines(now):
        bare = visible(line.strip())
        indent = line[: len(line) - len(line.lstrip(" "))]
        yield from _wrapped(bare, indent, width)


def _lines(now: Standing) -> Iterator[str]:
    yield f"{now.title}{f'　{now.round}' if now.round else ''}"
    if now.deadline:
        yield f"繳交期限 {roc_deadline(now.deadline)}{'（已過）' if now.overdue else ''}"
    yield f"目前步驟：{STEPS[now.step]}"
    for problem in now.problems:
        yield f"  {problem}"
    for doubt in now.doubts:
        yield f"請留意：{doubt}"
    if now.units:
        yield counted(now.units)
    if now.units and now.step != "issue":
        yield from _units(now)
    yield ""
    yield "下一步"
    for at, said in enumerate(next_steps(now), 1):
        yield f"  {at}. {said}"


def _units(now: Standing) -> Iterator[str]:
    for group, units in now.by_group.items():
        yield ""
        if group:
            yield f"{group}　{counted(units)}"
        for each in units:
            yield from _unit(each, now.kinds > 1)
            if each.status != "accepted" and (sent := letters_of(now, each)):
                yield f"{_INDENT}信件：{sent}"


def _unit(each: UnitStanding, with_kind: bool) -> Iterator[str]:
    unit = each.unit
    kind = f"（{each.kind_word}）" if with_kind else ""
    late = f"　{each.lateness}" if each.late else ""
    came = f"　{each.when}" if each.when else ""
    yield f"  〔{each.word}〕{unit.code} {unit.name}{kind}{late}{came}"
    if each.status != "accepted":
        yield f"{_INDENT}{each.remark}"
        if whom := reached(each):
            yield f"{_INDENT}聯絡：{'　'.join(whom)}"


def letters_of(now: Standing, each: UnitStanding) -> str:
    """What was written to a unit about what it fills in itself."""
    return told(now.letters.get(each.unit.code, ())) if each.kind == "self" else ""


def reached(each: UnitStanding) -> Sequence[str]:
    """Whom to phone or write to about a unit."""
    unit = each.unit
    return [said for said in (unit.contact, unit.phone, unit.email) if said]


def _wrapped(text: str, indent: str, width: int | None) -> Iterator[str]:
    if width is None:
        yield f"{indent}{text}"
        return
    room = max(width, _LEAST) - 1
    further = f"{indent}  "
    lead = indent
    while width_of(text) > room - width_of(lead):
        part = cut_to(text, room - width_of(lead))
        yield f"{lead}{part}".rstrip()
        text, lead = text[len(part) :].lstrip("　 "), further
    yield f"{lead}{text}".rstrip()
