"""A wheel: where its files go, its licence texts, what it needs, and which Python takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from portable.parts import Files, PortableError, unzipped

SITE = "python/Lib/site-packages"
PLATFORM = "win_amd64"
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


@dataclass(frozen=True)
class Wheel:
    """A package as its wheel has it."""

    path: Path

    @cached_property
    def files(self) -> Files:
        return unzipped(self.path.read_bytes())

    @cached_property
    def info(self) -> str:
        """The name of its .dist-info folder."""
        (folder,) = {name.split("/")[0] for name in self.files if ".dist-info/" in name}
        return folder

    @cached_property
    def metadata(self) -> Message:
        return BytesParser().parsebytes(self.files[f"{self.info}/METADATA"])

    @property
    def name(self) -> str:
        return canonicalize_name(self.metadata["Name"])

    @property
    def title(self) -> str:
        return f"{self.metadata['Name']}-{self.metadata['Version']}"

    @property
    def licence(self) -> str:
        """How it is licensed, in a word; its texts say more."""
        said = self.metadata["License-Expression"] or self.metadata["License"] or ""
        kinds = [kind for kind in self.metadata.get_all("Classifier", []) if "License ::" in kind]
        return said.strip().split("\n")[0] or "; ".join(kind.split(" :: ")[-1] for kind in kinds)

    def laid_out(self) -> Files:
        """Its files as an installer places them, without scripts and headers."""
        files = {}
        for name, content in self.files.items():
            match PurePosixPath(name).parts:
                case (folder, "purelib" | "platlib", *rest) if folder.endswith(".data"):
                    files[f"{SITE}/{'/'.join(rest)}"] = content
                case (folder, "scripts" | "headers", *_) if folder.endswith(".data"):
                    continue
                case (folder, *_) if folder.endswith(".data"):
                    raise PortableError(f"{self.path.name}: no place is known for {name}")
                case _:
                    files[f"{SITE}/{name}"] = content
        return files

    @property
    def licences(self) -> Files:
        """The texts beside its metadata, which is where every builder of wheels puts them."""
        below = f"{self.info}/"
        texts = {
            name.removeprefix(below).removeprefix("licenses/"): content
            for name, content in self.files.items()
            if name.startswith(f"{below}licenses/")
            or (
                name.count("/") == 1
                and name.startswith(below)
                and _LICENCE.match(name[len(below) :])
            )
        }
        if not texts:
            raise PortableError(f"{self.path.name}: no licence text beside its metadata")
        return texts

    def fits(self, version: tuple[int, int]) -> bool:
        """Whether this Python on Windows takes it."""
        return any(
            tag.platform in ("any", PLATFORM) and _takes(version, tag.interpreter, tag.abi)
            for tag in parse_wheel_filename(self.path.name)[3]
        )

    def needs(self, version: tuple[int, int]) -> Iterable[Requirement]:
        """What it requires there."""
        there = _environment(version)
        for text in self.metadata.get_all("Requires-Dist", []):
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate(there):
                yield requirement


def _takes(version: tuple[int, int], interpreter: str, abi: str) -> bool:
    major, minor = version
    if abi == "abi3":
        return interpreter.startswith("cp3") and int(interpreter[3:]) <= minor
    if abi == "none":
        return interpreter in ("py3", f"py3{minor}", f"cp3{minor}")
    return interpreter == abi == f"cp{major}{minor}"


def _environment(version: tuple[int, int]) -> Mapping[str, str]:
    """What markers ask, as Python on Windows answers."""
    short = "{}.{}".format(*version)
    return {
        "extra": "",
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": f"{short}.0",
        "python_version": short,
        "sys_platform": "win32",
    }
