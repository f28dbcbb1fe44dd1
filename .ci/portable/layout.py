"""The folder `svcq` as it is unpacked, and its zip."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from packaging.utils import canonicalize_name

from portable.parts import Embeddable, Files, PortableError, dos
from portable.wheel import PLATFORM, SITE, Wheel

TEXTS = Path(__file__).with_name("texts")
"""What stands at the top of the folder as it is, but for its line ends."""
TOP = "svcq"
PROJECT = "svcq-excel"
SHOWN = ("samples", "templates")
"""Folders of the project that people want to open: a copy of each stands at the top."""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell


def portable(embeddable: Embeddable, wheels: Sequence[Wheel]) -> Files:
    """Every file of the folder. Raises PortableError where something is missing or does not fit."""
    _check(wheels, embeddable.version)
    files = embeddable.laid_out()
    python = "Python-{}.{}".format(*embeddable.version)
    texts = {python: embeddable.licences} | {wheel.title: wheel.licences for wheel in wheels}
    for title, licences in texts.items():
        files |= {f"licenses/{title}/{name}": content for name, content in licences.items()}
    for wheel in wheels:
        placed = wheel.laid_out()
        if twice := placed.keys() & files.keys():
            raise PortableError(f"{wheel.path.name}: another wheel has {min(twice)} too")
        files |= placed
    ours = f"{SITE}/svcq_excel/"
    for name in [name for name in files if name.startswith(tuple(ours + each for each in SHOWN))]:
        if not name.endswith(".py"):
            files[name.removeprefix(ours)] = files[name]
    files["licenses/清單.csv"] = _list_of(python, embeddable, wheels)
    for part in TEXTS.iterdir():
        text = dos(part.read_text(encoding="utf-8"))
        files[part.name] = text.encode("ascii" if part.suffix == ".bat" else "utf-8-sig")
    sums = [f"{sha256(files[name]).hexdigest()} *{name}\n" for name in sorted(files)]
    return files | {"SHA256SUMS": "".join(sums).encode()}


def zipped(files: Files) -> bytes:
    """The folder as one zip, whose bytes tell neither when nor where it was made."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name in sorted(files):
            info = ZipInfo(f"{TOP}/{name}", _EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name], ZIP_DEFLATED, 9)
    return made.getvalue()


def _check(wheels: Sequence[Wheel], version: tuple[int, int]) -> None:
    """One wheel a package, each for this Python, and none missing."""
    there: dict[str, Wheel] = {}
    for wheel in wheels:
        if not wheel.fits(version):
            raise PortableError(f"{wheel.path.name}: not for Python {version} on {PLATFORM}")
        if wheel.name in there:
            raise PortableError(f"{wheel.path.name}: {there[wheel.name].path.name} is here too")
        there[wheel.name] = wheel
    if PROJECT not in there:
        raise PortableError(f"no wheel of {PROJECT}")
    for wheel in wheels:
        for need in wheel.needs(version):
            found = there.get(canonicalize_name(need.name))
            if found is None or not need.specifier.contains(found.metadata["Version"]):
                raise PortableError(f"{wheel.path.name} needs {need}, of which no wheel is here")


def _list_of(python: str, embeddable: Embeddable, wheels: Iterable[Wheel]) -> bytes:
    """What went in, as Excel opens it."""
    name, _, version = python.partition("-")
    rows = [(name, version, "PSF-2.0", embeddable.path)]
    for wheel in wheels:
        rows.append((wheel.metadata["Name"], wheel.metadata["Version"], wheel.licence, wheel.path))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["名稱", "版本", "授權", "檔案", "SHA-256"])
    for name, version, licence, path in rows:
        writer.writerow([name, version, licence, path.name, sha256(path.read_bytes()).hexdigest()])
    return text.getvalue().encode("utf-8-sig")
