"""Service-quality assessments in Excel: forms out, filled forms back, checked, one result."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from svcq_excel.assessment.opened import open_folder
    from svcq_excel.pipeline import check, define, issue, merge, send_back
    from svcq_excel.plan.plan import Plan
    from svcq_excel.plan.sources import Sources
    from svcq_excel.rerun import Written
    from svcq_excel.results.frames import FramedOutcome as Outcome
    from svcq_excel.rubric.shipped import load as load_rubric

__all__ = [
    "Outcome",
    "Plan",
    "Sources",
    "Written",
    "check",
    "define",
    "issue",
    "load_rubric",
    "merge",
    "open_folder",
    "send_back",
]
__version__ = "0.1.0"

_HOMES = {
    "Outcome": ("results.frames", "FramedOutcome"),
    "Plan": ("plan.plan", "Plan"),
    "Sources": ("plan.sources", "Sources"),
    "Written": ("rerun", "Written"),
    "load_rubric": ("rubric.shipped", "load"),
    "open_folder": ("assessment.opened", "open_folder"),
}
"""Where a name is from that is not of the pipeline, and what it is called there."""


def __getattr__(name: str) -> object:
    """Nothing is imported before it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room, own = _HOMES.get(name, ("pipeline", name))
    return getattr(import_module(f"{__name__}.{room}"), own)
