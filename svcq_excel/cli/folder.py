"""The folder of an assessment that a call is made in, or names by -C."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from svcq_excel.assessment.folder import Folder

_FOLDER = "svcq folder"


def remember(context: click.Context, option: click.Parameter, path: Path | None) -> None:
    """The folder that the call names. Raises UsageError where it is none."""
    if path is None:
        return
    from svcq_excel.assessment.folder import folder_at
    from svcq_excel.assessment.planned import no_folder

    folder = folder_at(path)
    if folder is None:
        raise click.UsageError(str(no_folder(path)), context)
    context.meta[_FOLDER] = folder


def folder_here() -> Folder | None:
    """The folder that the call names, or else the one that it is made in."""
    named: Folder | None = click.get_current_context().meta.get(_FOLDER)
    if named:
        return named
    from svcq_excel.assessment.folder import folder_at

    return folder_at(Path())


def needed_folder() -> Folder:
    """The same, for what is only done in one. Raises UsageError where there is none."""
    if folder := folder_here():
        return folder
    from svcq_excel.assessment.planned import no_folder

    raise click.UsageError(str(no_folder(Path())))
