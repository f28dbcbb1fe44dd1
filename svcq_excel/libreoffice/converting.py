"""LibreOffice, where the computer has it: .xlsx forms as .ods for units that handed in .ods."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from svcq_excel.libreoffice.running import ProgramError, run
from svcq_excel.output import reason_of

ABSENT = "電腦上沒有安裝 LibreOffice"

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SECONDS_A_FILE, _SECONDS_TO_START = 20, 60


def office_program() -> str | None:
    """The path of LibreOffice's program, or None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


class Converted(NamedTuple):
    """The .ods of each form that LibreOffice could convert; why not of all, "" where it did."""

    made: Mapping[Path, bytes]
    why_not: str = ""


def to_ods(forms: Sequence[Path]) -> Converted:
    """All in one go. Nothing of LibreOffice lives on, and nothing that it wrote stays."""
    if not forms:
        return Converted({})
    program = office_program()
    if not program:
        return Converted({}, ABSENT)
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # A profile of its own: a LibreOffice that is open elsewhere would take the call over.
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        out = folder / "ods"
        call = [program, profile, "--headless", "--convert-to", "ods", "--outdir", str(out)]
        why_not = ""
        try:
            seconds = _SECONDS_TO_START + _SECONDS_A_FILE * len(forms)
            run([*call, *map(str, forms)], seconds, folder / "words")
        except OSError as error:
            why_not = f"LibreOffice 無法啟動（{reason_of(error)}）"
        except ProgramError as error:
            why_not = f"LibreOffice {error}"
        places = {form: out / f"{form.stem}.ods" for form in forms}
        made = {form: ods.read_bytes() for form, ods in places.items() if ods.is_file()}
    lacking = len(forms) - len(made)
    return Converted(made, why_not or (f"LibreOffice 未能轉出 {lacking} 份" if lacking else ""))
