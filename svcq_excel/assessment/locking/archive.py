"""The archive of a frozen result: a zip file that hangs on nothing but what it holds.

Nothing in it is packed: forms are, and no two machines pack alike. Archives that come back are
strangers' files: they are unpacked within bounds, and nothing leads out of the folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from stat import S_IFMT, S_ISDIR, S_ISREG
from struct import Struct
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from svcq_excel.assessment.locking.manifest import MANIFEST, Frozen, Manifest, is_safe, manifest_in
from svcq_excel.workbooks.bounds import (
    MAX_ARCHIVE,
    MAX_ARCHIVE_DIRECTORY,
    MAX_ARCHIVED,
    MAX_RATIO,
    SMALL,
)
from svcq_excel.workbooks.zip_parts import BAD_ZIP, ELSEWHERE, END, END_MARK

_EPOCH, _UNIX, _PLAIN_FILE, _PLAIN_FOLDER = (1980, 1, 1, 0, 0, 0), 3, 0o100644, 0o40755
_PIECE = 1024 * 1024
_ENCRYPTED = 0x1
_WIDE_END, _WIDE_END_MARK = Struct("<40xQ8x"), b"PK\x06\x06"  # of zip64 (APPNOTE 4.3.14)
_FARTHEST_END = 0xFFFF + END.size + _WIDE_END.size + 20


class ArchiveError(Exception):
    """An archive cannot be trusted so far as to unpack it; why, in words for people."""


def write_archive(
    to: BinaryIO,
    files: Mapping[str, tuple[Path, str]],
    told: Callable[[tuple[Frozen, ...]], Manifest],
) -> None:
    """Writes files by their paths in the archive, each with when it was changed, and the manifest
    of what was read of them. Raises OSError."""
    frozen = []
    with ZipFile(to, "w", ZIP_STORED) as archive:
        for name, (path, modified) in files.items():
            frozen.append(_add(archive, name, path, modified))
        manifest = told(tuple(frozen))
        for name in manifest.folders:
            archive.writestr(_info(f"{name}/", _PLAIN_FOLDER), b"")
        archive.writestr(_info(MANIFEST, _PLAIN_FILE), manifest.as_bytes())


def unpacked(path: Path, into: Path) -> tuple[Manifest, list[str]]:
    """Unpacks an archive into a folder that is empty; what does not fit the manifest in words.

    Raises ArchiveError and OSError.
    """
    try:
        with path.open("rb") as file:
            _verify_directory(file)
            with ZipFile(file) as archive:
                return _unpacked(archive, path.stat().st_size, into)
    except BAD_ZIP as error:
        if isinstance(error, OSError):
            raise
        raise ArchiveError("封存檔已損壞或不完整，無法開啟") from error


def _add(archive: ZipFile, name: str, path: Path, modified: str) -> Frozen:
    digest, size = sha256(), 0
    info = _info(name, _PLAIN_FILE)
    info.file_size = path.stat().st_size  # whether the numbers need more room hangs on it
    with path.open("rb") as source, archive.open(info, "w") as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return Frozen(name, size, digest.hexdigest(), modified)


def _info(name: str, mode: int) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.create_system, info.external_attr = _UNIX, mode << 16
    return info


def _verify_directory(file: BinaryIO) -> None:
    """That reading the list of what it holds takes no more than it should."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _FARTHEST_END, 0))
    tail = file.read()
    at, wide = tail.rfind(END_MARK), tail.rfind(_WIDE_END_MARK)
    if at < 0 or len(tail) - at < END.size:
        raise ArchiveError("這不是 svcq lock 所製的封存檔")
    length = END.unpack_from(tail, at)[2]
    if length == ELSEWHERE and 0 <= wide <= at - _WIDE_END.size:
        length = _WIDE_END.unpack_from(tail, wide)[0]
    if length > MAX_ARCHIVE_DIRECTORY:
        raise ArchiveError("封存檔超出安全限度：所列的檔案過多")
    file.seek(0)


def _unpacked(archive: ZipFile, size: int, into: Path) -> tuple[Manifest, list[str]]:
    infos = archive.infolist()
    _verify_bounds(infos, size)
    if MANIFEST not in {info.filename for info in infos}:
        raise ArchiveError(f"封存檔內沒有「{MANIFEST}」，不是 svcq lock 所製，或已被更動")
    try:
        manifest, whole = manifest_in(archive.read(MANIFEST))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"封存檔內的「{MANIFEST}」無法讀取，可能已被更動") from error
    told = [] if whole else [f"「{MANIFEST}」在定案後被更動"]
    there = {info.filename: info for info in infos if info.filename != MANIFEST}
    named = {name: info for name, info in there.items() if not name.endswith("/")}
    listed = manifest.by_path
    told += [f"「{name}」是定案後加入的，不在定案清單內" for name in named if name not in listed]
    told += [f"「{name}」已不在封存檔內" for name in listed if name not in named]
    for name, info in there.items():
        told += _out(archive, info, into / name, listed.get(name))
    for name in manifest.folders:
        (into / name).mkdir(parents=True, exist_ok=True)
    return manifest, told


def _verify_bounds(infos: list[ZipInfo], size: int) -> None:
    """Raises ArchiveError before anything is unpacked."""
    if len(infos) > MAX_ARCHIVED:
        raise ArchiveError("封存檔超出安全限度：檔案過多")
    if sum(info.file_size for info in infos) > MAX_ARCHIVE:
        raise ArchiveError("封存檔超出安全限度：解開後過大")
    if sum(info.compress_size for info in infos) > size:
        raise ArchiveError("封存檔超出安全限度：不同的檔案取自檔案內的同一處")
    seen = set[str]()
    for info in infos:
        name, mode = info.filename, info.external_attr >> 16
        if name in seen:
            raise ArchiveError(f"封存檔內有兩個檔案都叫「{name}」")
        seen.add(name)
        if not is_safe(name) or name != info.orig_filename:
            raise ArchiveError(f"封存檔內的路徑「{name}」超出資料夾，未解開")
        if info.create_system == _UNIX and S_IFMT(mode) and not (S_ISREG(mode) or S_ISDIR(mode)):
            raise ArchiveError(f"封存檔內的「{name}」是連結，未解開")
        if info.flag_bits & _ENCRYPTED or info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise ArchiveError(f"封存檔內的「{name}」設有密碼，或使用不支援的壓縮方式")
        most = MAX_ARCHIVE_DIRECTORY if name == MANIFEST else MAX_ARCHIVE
        if info.file_size > min(most, max(SMALL, MAX_RATIO * info.compress_size)):
            raise ArchiveError(f"封存檔內的「{name}」壓縮比過高，超出安全限度")


def _out(archive: ZipFile, info: ZipInfo, to: Path, listed: Frozen | None) -> Iterator[str]:
    """Unpacks one member; what is not as the manifest has it."""
    if info.filename.endswith("/"):
        to.mkdir(parents=True, exist_ok=True)
        return
    digest, size = sha256(), 0
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        # "x", so that nothing is written twice, however names are told apart here.
        with archive.open(info) as source, to.open("xb") as target:
            while piece := source.read(min(_PIECE, info.file_size - size)):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
    except BAD_ZIP as error:
        if isinstance(error, OSError):
            raise
        yield f"「{info.filename}」在封存檔內已損壞"
        return
    if listed and (listed.size, listed.sha256) != (size, digest.hexdigest()):
        yield f"「{info.filename}」在定案後被更動，與定案清單的 SHA-256 不符"
    if listed and listed.modified:
        with suppress(OSError, OverflowError):
            os.utime(to, ns=(int(listed.modified), int(listed.modified)))
