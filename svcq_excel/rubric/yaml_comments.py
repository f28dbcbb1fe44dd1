"""A text that YAML cuts: a # behind a blank begins a comment, though #1 was meant as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

_CUT = re.compile(r"[ \t]+#(?:[^\s#]|[ \t]*[0-9]).*")
"""#1 and # 1, but not "# a remark"."""


def cut_after(text: Sequence[str], node: yaml.ScalarNode) -> str:
    """What stands behind a text on its line and looks as if it were a part of it."""
    end = node.end_mark
    if node.style is not None or end.line >= len(text):
        return ""
    found = _CUT.match(text[end.line], end.column)
    return found[0] if found else ""


def cut_within(text: Sequence[str], error: yaml.MarkedYAMLError) -> tuple[int, str] | None:
    """Where a text in brackets is cut, so that the bracket is not closed: line and comment."""
    opened, noticed = error.context_mark, error.problem_mark
    if not opened or not noticed or "flow" not in str(error.context):
        return None
    for number, line in enumerate(text[opened.line : noticed.line + 1], opened.line + 1):
        if not line.lstrip().startswith("#") and (found := _CUT.search(line)):
            return number, found[0]
    return None


def told_of(comment: str) -> tuple[str, str]:
    """Message and remedy."""
    said = comment.strip()
    shown = said if len(said) <= 20 else f"{said[:20]}…"
    message = f"空格之後的「{shown}」在 YAML 是註解，前面的文字到此為止"
    return message, "若是文字的一部分，請以引號括起整段文字；若是註解，請移到另一行"
