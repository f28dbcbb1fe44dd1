"""The profile that LibreOffice runs with: one of its own, as a LibreOffice that is open elsewhere
would take the call over, and without the language of the computer.

With the computer's own, a screen reader would read a PDF aloud in that voice, and an .ods would be
another file on another computer.
"""

from __future__ import annotations

from pathlib import Path

SURROUNDINGS = {"LC_ALL": "C.UTF-8"}
"""What no profile sets: in which letters names of files are found, and those of fonts noted."""

_SETUP, _WRITING = "/org.openoffice.Setup/L10N", "/org.openoffice.Office.Linguistic/General"
_SETTINGS = (
    (_SETUP, "ooLocale", "en-US"),  # the one language of menus that every installation has
    (_WRITING, "DefaultLocale", "en-US"),  # of letters and figures, as Taiwan's offices have it
    (_WRITING, "DefaultLocale_CJK", "zh-TW"),
    (_WRITING, "DefaultLocale_CTL", "hi-IN"),  # of what we do not write; as LibreOffice has it
)
_LOCALE = _SETUP, "ooSetupSystemLocale"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'


def lay_profile(folder: Path, locale: str) -> str:
    """Lays a profile of this locale into the folder; gives the argument that leads there."""
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = (_ITEM.format(*each) for each in (*_SETTINGS, (*_LOCALE, locale)))
    settings.write_text(f"{_HEAD}{''.join(items)}</oor:items>\n", encoding="utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"
