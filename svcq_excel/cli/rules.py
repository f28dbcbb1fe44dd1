"""`svcq rules`: everything that is checked, and one rule in full with what people see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from svcq_excel.cli.console import common, show, show_json
from svcq_excel.cli.help_pages import Command

if TYPE_CHECKING:
    from svcq_excel.checks.explain import Explained
    from svcq_excel.checks.rule import Rule


@click.command(cls=Command)
@click.argument("code", metavar="[CODE]", required=False)
@common
def rules(code: str | None, as_json: bool, quiet: bool) -> None:
    """列出全部檢核項目；加上 CODE（名稱，如 未填得分，或代碼）則說明該項，並示範訊息。"""
    from svcq_excel.checks.catalogue import catalogue

    if code is not None:
        explained = _explained(code)
        if as_json:
            show_json(_document(explained))
            return
        for line in _lines(explained):
            show(line)
    elif as_json:
        show_json([_named(rule) for rule in catalogue()])
    else:
        width = max(len(rule.code) for rule in catalogue())
        for rule in catalogue():
            show(f"{rule.code:{width}}  {_word(rule):　<3}　{rule.title}")


def _explained(code: str) -> Explained:
    from svcq_excel.checks.catalogue import catalogue
    from svcq_excel.checks.explain import explain, nearest

    for rule in catalogue():
        if code in {rule.code, rule.title}:
            return explain(rule)
    near = "、".join(nearest(code))
    guess = f"您要的或許是 {near}。" if near else ""
    raise click.UsageError(f"沒有「{code}」這個檢核項目。{guess}全部項目請執行 svcq rules。")


def _lines(explained: Explained) -> Iterator[str]:
    yield f"{explained.rule.code}　{explained.rule.title}"
    yield from (f"  {label}：{text}" for label, text in explained.in_words())


def _document(explained: Explained) -> dict[str, object]:
    good = explained.good
    return {
        **_named(explained.rule),
        "clause": explained.rule.clause,
        "requires": [_named(rule) for rule in explained.requires],
        "accompanied_by": [_named(rule) for rule in explained.accompanied_by],
        "bad": [violation.message for violation in explained.bad],
        "good": None if good is None else [violation.message for violation in good],
    }


def _named(rule: Rule) -> dict[str, str]:
    return {"code": rule.code, "severity": rule.severity, "title": rule.title}


def _word(rule: Rule) -> str:
    from svcq_excel.checks.violation import SEVERITY_WORDS

    return SEVERITY_WORDS[rule.severity]
