"""click's own texts: all of them are in the catalogue, and it is used wherever the program runs."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import click
import polib
import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("click_texts", ROOT / "docs" / "click_texts.py")
assert SPEC and SPEC.loader
making = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(making)

ENTRIES = list(polib.pofile(str(making.PO)))


def asked() -> Iterator[str]:
    """What the installed click asks gettext for."""
    for file in sorted(Path(click.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Name("_" | "ngettext"), args=[ast.Constant(str(text)), *_]):
                    yield text


def fields(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name}


def test_the_catalogue_that_is_read_was_made_from_the_one_that_is_edited() -> None:
    assert making.MO.read_bytes() == making.compiled(), "run: make docs"


@pytest.mark.parametrize("text", sorted(set(asked())))
def test_what_click_may_say_has_a_translation(text: str) -> None:
    assert text in {entry.msgid for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.msgid)
def test_a_translation_says_something_and_asks_only_for_what_click_gives(
    entry: polib.POEntry,
) -> None:
    said = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
    assert said
    assert fields(said) <= fields(entry.msgid) | fields(entry.msgid_plural)


def test_other_programs_texts_are_left_to_gettext() -> None:
    assert gettext.dgettext("another", "Options") == "Options"
    assert gettext.dngettext("another", "Options", "Several", 2) == "Several"


SPOKEN = [
    {},
    {"LC_ALL": "C"},
    {"LANG": "en_US.UTF-8", "LANGUAGE": "en"},
    {"LANGUAGE": "de:fr", "LC_ALL": "de_DE.UTF-8"},
]
LANGUAGES = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")


@pytest.mark.parametrize("spoken", SPOKEN, ids=str)
def test_the_systems_language_does_not_matter(spoken: dict[str, str], tmp_path: Path) -> None:
    ran = _ran(["-m", "svcq_excel", "rubric", "list", "one too many"], spoken, tmp_path)
    assert "多了「one too many」" in ran and "unexpected" not in ran


def test_the_environment_of_programs_that_are_started_is_left_alone(tmp_path: Path) -> None:
    code = "import os, svcq_excel.cli.main; assert dict(os.environ) == before, os.environ"
    assert _ran(["-c", f"import os; before = dict(os.environ); {code}"], {}, tmp_path) == ""


def test_a_zipped_program_has_the_texts_too(tmp_path: Path) -> None:
    zipped = tmp_path / "program.zip"
    with zipfile.ZipFile(zipped, "w") as file:
        for path in sorted((ROOT / "svcq_excel").rglob("*")):
            if path.suffix in {".py", ".mo"}:
                file.write(path, path.relative_to(ROOT))
    code = (
        f"import sys; sys.path.insert(0, {str(zipped)!r}); sys.argv = ['svcq', '--jsn=1', '-x']\n"
        "import svcq_excel.cli.main as main; assert '.zip' in main.__file__, main.__file__\n"
        "main.main()"
    )
    assert "沒有 --jsn 這個選項" in _ran(["-c", code], {}, tmp_path)


def _ran(call: list[str], spoken: dict[str, str], folder: Path) -> str:
    """What a Python of its own says on stderr, which speaks the language given."""
    plain = {name: value for name, value in os.environ.items() if name not in LANGUAGES}
    ran = subprocess.run(
        [sys.executable, *call],
        capture_output=True,
        encoding="utf-8",
        env={**plain, "PYTHONIOENCODING": "utf-8", **spoken},
        cwd=folder,
        check=False,
    )
    return ran.stderr
