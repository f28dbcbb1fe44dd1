"""Writes the parts of the manual that come from the code: commands, exit codes, rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.explain import explain
from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.cli.exit_codes import EXIT_CODES
from svcq_excel.cli.help_pages import Context
from svcq_excel.cli.main import svcq

HERE = Path(__file__).parent
_MADE = "<!-- 由 docs/generate.py 自程式產生，請勿直接修改；更新請執行 make docs。 -->"


def commands() -> str:
    """docs/commands.md: every command's help page, and the exit codes."""
    lines = [_MADE, "", "# 指令", ""]
    for path, command in _leaves(svcq, "svcq"):
        top = Context(
            svcq, info_name="svcq", **svcq.context_settings, terminal_width=90, max_content_width=90
        )
        context = Context(command, parent=top, info_name=path.removeprefix("svcq "))
        lines += [f"## {path}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    lines += ["# 結束代碼", "", "| 代碼 | 意義 |", "| --- | --- |"]
    lines += [f"| {int(code)} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join(lines) + "\n"


def rules() -> str:
    """docs/rules.md: every rule in a table, then each with the message that people see."""
    lines = [
        _MADE,
        "",
        "# 檢核項目",
        "",
        "| 代碼 | 類別 | 名稱 | 依據 |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| [`{rule.code}`](#{rule.code}) | {SEVERITY_WORDS[rule.severity]} | {rule.title} "
        f"| {rule.clause} |"
        for rule in catalogue()
    ]
    for rule in catalogue():
        lines += ["", f"## {rule.code}", "", f"**{rule.title}**", ""]
        lines += [f"- {label}：{text}" for label, text in explain(rule).in_words()]
    return "\n".join(lines) + "\n"


def _leaves(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name, below in sorted(command.commands.items()):
        yield from _leaves(below, f"{path} {name}")


PAGES = {HERE / "commands.md": commands, HERE / "rules.md": rules}

if __name__ == "__main__":
    for page, text in PAGES.items():
        page.write_text(text(), encoding="utf-8", newline="\n")
