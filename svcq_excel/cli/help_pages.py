"""Help pages and usage errors in Chinese: what click says in English, said for our users."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

_HEADINGS = {"Options": "選項", "Commands": "指令"}


class Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", "[選項]"), prefix or "用法：")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        said = [(name, text.replace("[required]", "〔必填〕")) for name, text in rows]
        super().write_dl(said, col_max, col_spacing)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")


class Context(click.Context):
    formatter_class = Formatter


class _Chinese(click.Command):
    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "顯示說明。"
        return option


class Command(_Chinese):
    """A command whose help page is in Chinese."""


class Group(_Chinese, click.Group):
    """A group of such commands."""

    command_class = Command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[選項] 指令 …")


Group.group_class = Group


def told(error: click.ClickException) -> list[str]:
    """A usage error, and where to read how it is done."""
    lines = [_told(error)]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines.append(f"用法請見：{error.ctx.command_path} --help")
    return lines


def _told(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            near = "、".join(error.possibilities or ())
            return f"沒有 {error.option_name} 這個選項。" + (
                f"您要的或許是 {near}。" if near else ""
            )
        case click.MissingParameter():
            return f"缺少 {_name(error)}。"
        case click.BadParameter():
            return f"{_name(error)} 不正確：{_reason(error.message)}"
        case click.UsageError() if "No such command" in error.message:
            return f"沒有這個指令：{error.message.partition(chr(39))[2].rpartition(chr(39))[0]}。"
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    param: Any = error.param
    if param is None:
        return "參數"
    return str(param.metavar or param.name) if isinstance(param, click.Argument) else param.opts[-1]


def _reason(message: str) -> str:
    """click names what does not exist in English."""
    if message.endswith("does not exist."):
        return f"找不到「{message.split(chr(39))[1]}」。"
    return message
