"""Forms that get no correction form, why, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.violation import Violation

_TODO = {
    "other-rubric": "請另寄本次考核的空白表件",
    "identity-conflict": "請先問明是誰的表件，再寄該單位的空白表件請其重填",
    "seal-broken": "請先向單位查明，再寄該單位的空白表件請其重填",
    "unknown-unit": "請確認名單是否完整；不是漏列的單位時，請另寄空白表件",
    "unknown-assessor": "請先問明是誰的考核表，再寄空白表件請其重填",
}
"""What to do about forms that are not surely ours, or one's, by what is wrong."""


@dataclass(frozen=True, slots=True)
class Without:
    """A file that has to be corrected and from which nothing can be carried over."""

    unit: str
    """The code that it bears, or ""."""
    assessor: str
    path: str
    """How lists call it."""
    reason: str


def without_form(files: Sequence[CheckedFile]) -> Iterator[Without]:
    """Of files that count as forms to correct or could not be read, those that get none."""
    for file in files:
        if why := _why(file):
            unit = file.identity.unit if file.identity else ""
            assessor = file.identity.assessor if file.identity else ""
            yield Without(unit, assessor, file.received.listed, why)


def _why(file: CheckedFile) -> str:
    errors = [violation for violation in file.violations if violation.severity == "error"]
    if file.status == "rejected" and errors:
        told, todo = _found(errors[0]), errors[0].todo
        return f"{told}，沒有可帶入的內容；{todo}。單位手邊沒有原表件時，請另寄空白表件。"
    if file.status == "unread" and errors:
        return f"{_found(errors[0])}；{errors[0].todo}。"
    if file.status == "needs-correction":
        for error in errors:
            if error.code in _TODO:
                return f"{_found(error)}；{_TODO[error.code]}。"
    return ""


def _found(violation: Violation) -> str:
    return "，".join(part for part in (violation.found, violation.allowed) if part)
