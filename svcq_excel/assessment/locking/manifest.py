"""定案清單.json: what an archive holds, by size and SHA-256, and whence its result comes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import svcq_excel

MANIFEST = "定案清單.json"
_CHECK = "check"


@dataclass(frozen=True, slots=True)
class Frozen:
    """One file of an archive."""

    path: str
    """Within the folder, with / between folders."""
    size: int
    sha256: str
    modified: str = ""
    """Of what came in: when it was last changed, in nanoseconds since 1970. It is evidence."""


@dataclass(frozen=True, slots=True)
class Manifest:
    number: int
    round: str
    asked: str | None
    """The round as the plan or the call named it; None where the forms told."""
    rubric: str
    digest: str
    program: str
    writer: str
    """The version of the library that writes workbooks."""
    as_of: str
    """When the results were worked out, as ISO 8601: what is still to come hangs on it."""
    plan: str
    statistics: str
    data: str | None
    """Where the tables for programs lie, if there are any."""
    outputs: tuple[str, ...]
    """What is worked out again."""
    replaces: str
    """The SHA-256 of the archive of the result before this one."""
    reason: str
    """Why that was undone."""
    folders: tuple[str, ...]
    """Those in which nothing lies."""
    files: tuple[Frozen, ...]

    def as_bytes(self) -> bytes:
        said = {"format": 1, **asdict(self)}
        said[_CHECK] = _check(said)
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    @property
    def by_path(self) -> Mapping[str, Frozen]:
        return {each.path: each for each in self.files}

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.as_of)


def manifest_in(data: bytes) -> tuple[Manifest, bool]:
    """A manifest, and whether it is as it was written.

    Raises LookupError, TypeError, ValueError or RecursionError for what is none.
    """
    said = json.loads(data.decode("utf-8"))
    check = said.pop(_CHECK)
    whole = check == _check(said)
    if said.pop("format") != 1:
        raise ValueError("format")
    lists: dict[str, Any] = {key: tuple(said.pop(key)) for key in ("outputs", "folders")}
    lists["files"] = tuple([Frozen(**each) for each in said.pop("files")])
    manifest = Manifest(**said, **lists)
    _verify(manifest)
    return manifest, whole


def is_safe(path: str) -> bool:
    """Whether a path leads nowhere but into the folder that it is within, on every system."""
    parts = path.removesuffix("/").split("/")
    strange = "\\" in path or "\0" in path or (os.name == "nt" and ":" in path)
    return not strange and not any(part in {"", ".", ".."} for part in parts)


def programs() -> tuple[str, str]:
    """The versions of this program, and of what it writes workbooks with."""
    try:
        return svcq_excel.__version__, version("XlsxWriter")
    except PackageNotFoundError:  # it lies in the same file
        return svcq_excel.__version__, ""


def _check(said: Mapping[str, Any]) -> str:
    whole = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return sha256(whole.encode("ascii")).hexdigest()


def _verify(manifest: Manifest) -> None:
    paths = [manifest.plan, manifest.statistics, *manifest.outputs, *manifest.folders]
    paths += [each.path for each in manifest.files]
    paths += [] if manifest.data is None else [manifest.data]
    if not all(map(is_safe, paths)):
        raise ValueError("paths")
    texts: list[object] = [manifest.round, manifest.reason, manifest.program, manifest.writer]
    texts += [manifest.digest, "" if manifest.asked is None else manifest.asked]
    texts += [text for each in manifest.files for text in (each.sha256, each.modified)]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("texts")
    if manifest.moment.tzinfo is None or not all(
        isinstance(each.size, int) and (not each.modified or abs(int(each.modified)) < 2**63)
        for each in manifest.files
    ):
        raise ValueError("numbers")
