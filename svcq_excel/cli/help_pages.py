"""Help pages and usage errors: the little of them that click does not let gettext translate."""

from __future__ import annotations

import click


class Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", "[選項]"), prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help page is in Chinese."""

    context_class = Context


class Group(click.Group):
    """A group of such commands."""

    context_class = Context
    command_class = Command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[選項] 指令 …")


Group.group_class = Group


def told(error: click.ClickException) -> list[str]:
    """A usage error, and where to read how it is done."""
    lines = [error.format_message().replace("。 ", "。")]  # two sentences of click's
    if isinstance(error, click.MissingParameter):  # click puts the pieces together by itself
        lines = [lines[0].replace("'", "").removesuffix(".") + "，請補上。"]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines.append(f"用法請見：{error.ctx.command_path} --help")
    return lines
