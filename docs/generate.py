"""Writes the parts of the manual that come from the code: commands, exit codes, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from svcq_excel.checks.catalogue import catalogue
from svcq_excel.checks.explain import explain
from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.cli.exit_codes import EXIT_CODES
from svcq_excel.cli.help_pages import Context
from svcq_excel.cli.main import svcq
from svcq_excel.results.entries.entry import Section
from svcq_excel.results.workbook import EVERY
from svcq_excel.rubric.sheets import columns, items
from svcq_excel.rubric.sheets.clause_items import CLAUSES

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


_WORKBOOK = HERE / "definition-workbook.md"
_FROM, _TO = "請執行 make docs。 -->\n", "<!-- 欄與項目：完 -->"


def definition_workbook() -> str:
    """docs/definition-workbook.md, with its tables of columns and rows anew."""
    written = _WORKBOOK.read_text(encoding="utf-8")
    before, _, rest = written.partition(_FROM)
    after = rest.partition(_TO)[2]
    return f"{before}{_FROM}{''.join(_columns())}\n{_TO}{after}"


def _columns() -> Iterator[str]:
    sheets = (
        (columns.TREE_SHEET, columns.TREE),
        (columns.GRADES_SHEET, columns.GRADES),
        (columns.REWARDS_SHEET, columns.REWARDS),
        (columns.DOCUMENTS_SHEET, columns.DOCUMENTS),
    )
    yield _table(columns.PLAN_SHEET, "項目", _items())
    for sheet, heads in sheets:
        yield _table(sheet, "欄", ((each.head, each.about, each.value.choices) for each in heads))
    rows = ((f"{c.name}：{i.name}", i.about, i.value.choices) for c in CLAUSES for i in c.items)
    yield _table(columns.CLAUSES_SHEET, "條款：項目", rows)


def _items() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield from ((each.name, each.about, each.value.choices) for each in items.ITEMS)
    yield from ((each.name, each.about, ()) for each in items.kind_items())
    yield f"{items.SUM_ITEM}（層次）", items.SUM_ABOUT, ()


def _table(sheet: str, head: str, rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> str:
    lines = ["", f"## 「{sheet}」", "", f"| {head} | 說明 |", "| --- | --- |"]
    for name, about, choices in rows:
        listed = f"可填：{'、'.join(choices)}。" if choices else ""
        lines.append(f"| {name} | {about}{listed} |")
    return "\n".join(lines) + "\n"


_MANUAL = HERE / "使用手冊.md"
_SHEETS, _END = f"{_MADE}\n", "<!-- 工作表：完 -->"


def manual() -> str:
    """docs/使用手冊.md, with its table of the sheets of results anew."""
    before, _, rest = _MANUAL.read_text(encoding="utf-8").partition(_SHEETS)
    return f"{before}{_SHEETS}\n{_sheets()}\n{_END}{rest.partition(_END)[2]}"


def _sheets() -> str:
    """By what people need them for."""
    told = {(each.section, each.name): each.tells for each in EVERY}
    lines = ["| 類別 | 工作表 | 內容 |", "| --- | --- | --- |"]
    for section in Section:
        rows = ((name, tells) for (its, name), tells in told.items() if its is section)
        lines += [f"| {section.value} | {name} | {tells} |" for name, tells in rows]
    return "\n".join(lines) + "\n"


PAGES = {
    HERE / "commands.md": commands,
    HERE / "rules.md": rules,
    _WORKBOOK: definition_workbook,
    _MANUAL: manual,
}

if __name__ == "__main__":
    for page, text in PAGES.items():
        page.write_text(text(), encoding="utf-8", newline="\n")
