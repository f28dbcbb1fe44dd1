"""What goes in: the files of a zip, and Python's embeddable package."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

Files = dict[str, bytes]
"""By path below the folder."""


class PortableError(Exception):
    """Something that was given cannot become a portable program."""


@dataclass(frozen=True)
class Embeddable:
    """Python's embeddable package: a zip whose files lie side by side."""

    path: Path

    @cached_property
    def files(self) -> Files:
        return unzipped(self.path.read_bytes())

    @cached_property
    def version(self) -> tuple[int, int]:
        """(3, 13) where `python313._pth` is there."""
        for name in self.files:
            if found := re.fullmatch(r"python3(\d+)\._pth", name):
                return 3, int(found[1])
        raise PortableError(f"{self.path.name}: no python3*._pth, so not an embeddable package")

    def laid_out(self) -> Files:
        """Its files, with the folder of the wheels on the interpreter's path."""
        files = {f"python/{name}": content for name, content in self.files.items()}
        name = f"python/python{self.version[0]}{self.version[1]}._pth"
        lines = files[name].decode("ascii").splitlines()
        paths = [line for line in lines if line.strip() and not line.startswith(("#", "import "))]
        files[name] = dos("\n".join([*paths, r"Lib\site-packages", ""])).encode("ascii")
        return files

    @property
    def licences(self) -> Files:
        if "LICENSE.txt" not in self.files:
            raise PortableError(f"{self.path.name}: no LICENSE.txt")
        return {"LICENSE.txt": self.files["LICENSE.txt"]}


def unzipped(content: bytes) -> Files:
    """Every file of a zip."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {
            info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()
        }


def dos(text: str) -> str:
    """A text with the line ends of Windows."""
    return text.replace("\n", "\r\n")
