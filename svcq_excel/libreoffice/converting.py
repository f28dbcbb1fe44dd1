"""LibreOffice, where the computer has it: .xlsx forms as .ods for units that handed in .ods."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

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


def to_ods(forms: Sequence[Path]) -> dict[Path, bytes]:
    """The .ods of each form that LibreOffice could convert, all in one go; none where it is missing
    or takes too long."""
    program = office_program()
    if not program or not forms:
        return {}
    with TemporaryDirectory() as folder:
        # A profile of its own: a LibreOffice that is open elsewhere would take the call over.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        out = Path(folder) / "ods"
        call = [program, profile, "--headless", "--convert-to", "ods", "--outdir", str(out)]
        try:
            subprocess.run(
                [*call, *map(str, forms)],
                capture_output=True,
                timeout=_SECONDS_TO_START + _SECONDS_A_FILE * len(forms),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return {}
        made = {form: out / f"{form.stem}.ods" for form in forms}
        return {form: ods.read_bytes() for form, ods in made.items() if ods.is_file()}
