"""LibreOffice, where the computer has it: .xlsx as .ods or as PDF."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from svcq_excel.libreoffice.profile import SURROUNDINGS, lay_profile
from svcq_excel.libreoffice.running import ProgramError, run
from svcq_excel.output import reason_of

ABSENT = "電腦上沒有安裝 LibreOffice"

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SECONDS_A_FILE, _SECONDS_A_MIB, _SECONDS_TO_START = 20, 200, 60


def office_program() -> str | None:
    """The path of LibreOffice's program, or None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


class Converted(NamedTuple):
    """What became of each file that LibreOffice could convert; why not of all, "" where it did."""

    made: Mapping[Path, bytes]
    why_not: str = ""


To = Literal["ods", "pdf"]
_FILTERS: dict[To, str] = {
    "ods": "ods",
    # With tags, by which screen readers keep the order of what they read.
    "pdf": 'pdf:calc_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
}
_LOCALES: dict[To, str] = {
    "ods": "en-US",  # measures in inches, as in the forms that are out
    "pdf": "zh-TW",  # the voice in which it is read aloud
}


def to_ods(forms: Sequence[Path]) -> Converted:
    return converted(forms, "ods")


def converted(files: Sequence[Path], to: To, beside: bool = False) -> Converted:
    """All in one go. Nothing of LibreOffice lives on, and nothing that it wrote stays but what is
    made `beside` a file, where links lead from it as they led before."""
    if not files:
        return Converted({})
    program = office_program()
    if not program:
        return Converted({}, ABSENT)
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        out = files[0].parent if beside else folder / to
        call = ["--headless", "--convert-to", _FILTERS[to], "--outdir", str(out)]
        why_not = ""
        try:
            profile = lay_profile(folder / "profile", _LOCALES[to])
            size = sum(file.stat().st_size for file in files if file.is_file()) / 1024**2
            seconds = _SECONDS_TO_START + _SECONDS_A_FILE * len(files) + _SECONDS_A_MIB * size
            whole = [program, profile, *call, *map(str, files)]
            run(whole, seconds, folder / "words", SURROUNDINGS)
        except OSError as error:
            why_not = f"LibreOffice 無法啟動（{reason_of(error)}）"
        except ProgramError as error:
            why_not = f"LibreOffice {error}"
        places = {file: out / f"{file.stem}.{to}" for file in files}
        made = {file: place.read_bytes() for file, place in places.items() if place.is_file()}
    lacking = len(files) - len(made)
    return Converted(made, why_not or (f"LibreOffice 未能轉出 {lacking} 份" if lacking else ""))
