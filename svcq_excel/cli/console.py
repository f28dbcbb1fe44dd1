"""Output that reaches people and programs: results on stdout, talk on stderr, never a failure
because a console cannot show a character."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TypeVar

import click

_SURROGATE = re.compile("[\ud800-\udfff]")

F = TypeVar("F", bound=Callable[..., Any])


def prepare() -> None:
    """Characters that the console's encoding lacks (cp950 has no 堃) are shown as ?."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def common(command: F) -> F:
    """The options that every command takes."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="不顯示進度及說明。")
    as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 輸出結果。")
    return as_json(quiet(command))


def show(text: str) -> None:
    """A result, on stdout."""
    click.echo(text)


def say(text: str, quiet: bool = False) -> None:
    """Talk, on stderr."""
    if not quiet:
        click.echo(text, err=True)


def show_json(document: object) -> None:
    """One JSON document on stdout; escaped where it is not UTF-8, to stay exact."""
    import json

    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    text = json.dumps(document, ensure_ascii=encoding != "utf8", indent=2)
    if _SURROGATE.search(text):  # in the name of a file that is not UTF-8
        text = json.dumps(document, indent=2)
    click.echo(text)


@contextmanager
def progress(words: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, where somebody watches it."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
