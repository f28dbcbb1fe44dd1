"""Output that reaches people and programs: results on stdout, talk on stderr, never a failure
because a console cannot show a character.

Without any place to talk to (a scheduler, pythonw) a run has its files and its exit code all the
same; results that nobody can take, or a document that was asked for, are a fault.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, TextIO, TypeVar
from unicodedata import normalize

import click

_SURROGATE = re.compile("[\ud800-\udfff]")

_SPELLED = "svcq: spelled"

F = TypeVar("F", bound=Callable[..., Any])


_GONE = "接收輸出的程式已經結束"
_NOWHERE = "標準輸出沒有開啟"
_STANDARD = 3  # of stdin, stdout and stderr


class StandardOutputError(Exception):
    """What is to be shown cannot be written where the call sends it."""

    def __init__(self, reason: str = _GONE) -> None:
        super().__init__(f"無法輸出結果：{reason}")


def prepare() -> None:
    """Characters that the console's encoding lacks (cp950 has no 堃) are spelled, as \\u5803."""
    # What is opened where a stream is missing would take its number, and get what is said there.
    while (number := os.open(os.devnull, os.O_RDWR)) < _STANDARD:
        pass
    os.close(number)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.closed:
            stream.reconfigure(errors=_SPELLED)


def _spelled(error: UnicodeError) -> tuple[str, int]:
    """What a console lacks by what it has: ～ is not in all of Big5, but ~ is."""
    assert isinstance(error, UnicodeEncodeError)
    nearest = normalize("NFKC", error.object[error.start : error.end])
    said = nearest.encode(error.encoding, "backslashreplace").decode(error.encoding)
    return said, error.end


codecs.register_error(_SPELLED, _spelled)


def finish() -> None:
    """All that was shown is on its way. Raises StandardOutputError."""
    _written(lambda: _flush(sys.stderr), sys.stderr, heard=False)
    _written(lambda: _flush(sys.stdout), sys.stdout)


def is_watched(stream: TextIO | None) -> bool:
    """Whether somebody sits at the other end; there may be no stream at all."""
    return stream is not None and not stream.closed and stream.isatty()


def _flush(stream: TextIO | None) -> None:
    if stream is not None and not stream.closed:
        stream.flush()


def _written(write: Callable[[], None], stream: TextIO | None, heard: bool = True) -> None:
    """Writes; what cannot be written is lost, and raises StandardOutputError where it matters."""
    try:
        write()
    except OSError as error:
        _silence(stream)
        if heard:
            from svcq_excel.output import reason_of

            gone = error.errno in {errno.EPIPE, errno.EINVAL}  # the latter is Windows'
            raise StandardOutputError(_GONE if gone else reason_of(error)) from error


def _silence(stream: TextIO | None) -> None:
    """What is left in a stream that takes nothing any more goes nowhere, also when it is closed."""
    with suppress(OSError, ValueError, AttributeError):
        number = stream.fileno() if stream else None
        if number is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def common(command: F) -> F:
    """The options that every command takes."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="不顯示進度及說明。")
    as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 輸出結果。")
    return as_json(quiet(command))


def show(text: str) -> None:
    """A result, on stdout. Raises StandardOutputError."""
    if sys.stdout is not None and not sys.stdout.closed:
        _written(lambda: click.echo(text), sys.stdout)


def say(text: str, quiet: bool = False) -> None:
    """Talk, on stderr."""
    if not quiet and sys.stderr is not None and not sys.stderr.closed:
        _written(lambda: click.echo(text, err=True), sys.stderr, heard=False)


def show_json(document: object) -> None:
    """One JSON document on stdout; escaped where it is not UTF-8, to stay exact.

    Raises StandardOutputError, also where there is no stdout: who asks for it reads it.
    """
    import json

    if sys.stdout is None or sys.stdout.closed:
        raise StandardOutputError(_NOWHERE)
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    text = json.dumps(document, ensure_ascii=encoding != "utf8", indent=2)
    if _SURROGATE.search(text):  # in the name of a file that is not UTF-8
        text = json.dumps(document, indent=2)
    show(text)


@contextmanager
def progress(words: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, where somebody watches it."""
    if quiet or not is_watched(sys.stderr):
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
