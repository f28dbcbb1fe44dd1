"""How a form on a desk becomes a file that came back: saved by an office program, at a time."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo, is_zipfile

from olefile import OleFileIO

# What an OLE2 file says of itself, and the property that says when it was saved.
_SUMMARY, _SAVED = "\x05SummaryInformation", 0x0D


def convert(files: Iterable[Path], to: str, out: Path) -> None:
    """LibreOffice saves the files anew; it counts formulas that have no stored result."""
    with TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", to, "--outdir", str(out), *map(str, sorted(files))]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def dated(file: Path, at: datetime, target: Path) -> None:
    """A copy that says it was saved then."""
    if not is_zipfile(file):
        shutil.copyfile(file, target)
        _date_xls(target, at)
        return
    moment = at.strftime("%Y-%m-%dT%H:%M:%S").encode()
    with ZipFile(file) as source, ZipFile(target, "w") as copy:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment + b"Z", data)
            if info.filename == "meta.xml":
                data = re.sub(rb"(<dc:date>)[^<]*", rb"\g<1>" + moment, data)
            member = ZipInfo(info.filename, at.timetuple()[:6])
            member.compress_type = info.compress_type
            copy.writestr(member, data)


def _date_xls(file: Path, at: datetime) -> None:
    """Puts the moment in the place of the one that the file says it was saved at."""
    with OleFileIO(file, write_mode=True) as ole:
        seconds = ole.getproperties(_SUMMARY, convert_time=False)[_SAVED]
        then = int((at - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds())
        summary = ole.openstream(_SUMMARY).read()
        ole.write_stream(_SUMMARY, summary.replace(_ticks(seconds), _ticks(then)))


def _ticks(seconds: int) -> bytes:
    """As property sets count time: in tenths of microseconds."""
    return pack("<Q", seconds * 10_000_000)
