"""What files are that are no workbook: told by how they begin."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder

from svcq_excel.workbooks.workbook import Reason

_START = 64 * 1024
"""Bytes to look at: the heads of a mail that went through many hands."""

_MAGIC = {
    "圖片": rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP|.{4}ftyp(hei|mif1)",
    "影音檔": rb".{4}ftyp|RIFF.{4}(WAVE|AVI )|ID3",
    "程式檔": rb"MZ|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe",
    "RAR 壓縮檔": rb"Rar!",
    "7z 壓縮檔": rb"7z\xbc\xaf",
    "gzip 壓縮檔": rb"\x1f\x8b",
    "bzip2 壓縮檔": rb"BZh",
    "xz 壓縮檔": rb"\xfd7zXZ\0",
    "CAB 壓縮檔": rb"MSCF",
    "LZH 壓縮檔": rb"..-lh.-",
    "tar 壓縮檔": rb".{257}ustar",
    "捷徑": rb"L\0\0\0\x01\x14\x02\0",
    "Access 資料庫": rb"\0\x01\0\0Standard (Jet|ACE) DB",
    "OneNote 筆記": rb"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",
    "Excel 4.0 以前的試算表": rb"\x09(\0\x04|\x02\x06|\x04\x06)\0",
}
_BY_MAGIC = [(re.compile(marks, re.DOTALL), what) for what, marks in _MAGIC.items()]
# PKCS #7 as a mail program wraps it (RFC 5652): what follows 1.2.840.113549.1.7 is its kind.
_PKCS_7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_SEALED = {b"\x02": "簽章的郵件（S/MIME）", b"\x03": "加密的郵件（S/MIME）"}

WITH_ADVICE: dict[str, Reason] = {
    **{what: "packed" for what in _MAGIC if what.endswith("壓縮檔")},
    "簽章的郵件（S/MIME）": "signed",
    "加密的郵件（S/MIME）": "sealed",
    "加密的郵件（PGP）": "sealed",
    "Excel 4.0 以前的試算表": "other-format",
    "SYLK 檔案": "other-format",
    "XML 試算表 2003": "other-format",
    "單一檔案的 ODF 文件（.fods）": "other-format",
}
"""Kinds of files of which something can be done that helps with no other."""

_TEXTS = (
    (b"%pdf", "PDF 文件"),
    (b"{\\rtf", "文書檔"),
    (b"id;p", "SYLK 檔案"),
    (b"[internetshortcut]", "捷徑"),
    (b"-----begin pgp message", "加密的郵件（PGP）"),
    *((tag, "網頁") for tag in (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")),
    *((tag, "網頁") for tag in (b"<!--", b"<style", b"<body", b"<div", b"<script")),
)
_IN_XML = (
    (b"excel.sheet", "XML 試算表 2003"),
    (b"<office:document", "單一檔案的 ODF 文件（.fods）"),
    (b"word.document", "Word 文件"),
    (b"<html", "網頁"),
    (b"<svg", "圖片"),
    (b"", "XML 文件"),
)
_DRIVE = (b'"doc_id"', b"docs.google.com")
_PRINTED = bytes({*range(0x20, 0x100), *b"\t\n\r\f"} - {0x7F})

_HEAD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_CARRIED = {b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"}
_LETTER = {b"to", b"subject", b"date"}
_WEB_ARCHIVE = {b"snapshot-content-location", b"content-location", b"x-document-type"}


def beginning(data: bytes) -> str:
    """The kind of file, in words for people; "" for what is not known."""
    if magic := next((what for marks, what in _BY_MAGIC if marks.match(data)), ""):
        return magic
    _, sealed, kind = data[:64].partition(_PKCS_7)
    if sealed and kind[:1] in _SEALED:
        return _SEALED[kind[:1]]
    start = _plain(data)
    if start.startswith(b"<?xml"):
        return next(what for mark, what in _IN_XML if mark in start)
    if start.startswith(b"{") and any(mark in start for mark in _DRIVE):
        return "Google 試算表的捷徑，不含內容"
    if _heads(data) & _WEB_ARCHIVE:
        return "網頁"
    what = next((what for mark, what in _TEXTS if start.startswith(mark)), "")
    return what or ("文字檔" if _is_text(data) else "")


def is_mail(data: bytes) -> bool:
    """Whether it begins with the heads of a mail, and not those of a saved web page."""
    if not may_be_mail(data):
        return False
    heads = _heads(data)
    if b"from" in heads or heads & _CARRIED:
        return bool(heads & _LETTER) or heads >= {b"from", b"mime-version"}
    return b"content-type" in heads and b"multipart/signed" in data[:_START].lower()


def may_be_mail(data: bytes) -> bool:
    """Whether it begins with heads at all; what is called .eml is a mail then."""
    heads = _heads(data)
    return bool(heads) and not heads & _WEB_ARCHIVE


def _heads(data: bytes) -> set[bytes]:
    """The names of the heads, in small letters; none where any line is something else."""
    lines = data[:_START].removeprefix(BOM_UTF8).lstrip(b"\r\n").splitlines()
    if len(data) > _START:
        lines.pop()
    if lines and lines[0].startswith(b"From "):  # as mailboxes divide their mails
        del lines[0]
    heads = set[bytes]()
    for line in lines:
        if not line.strip():
            break
        if heads and line[:1] in b" \t":
            continue
        if not (head := _HEAD.match(line)):
            return set()
        heads.add(head[1].lower())
    return heads


def _plain(data: bytes) -> bytes:
    """The first bytes without what may precede a text, in small letters."""
    start = data[:2048]
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return start.removeprefix(BOM_UTF8).lstrip(b" \t\r\n").lower()


def _is_text(data: bytes) -> bool:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    start = data[:4096]
    if start.translate(None, _PRINTED):
        return False
    for encoding in ("utf-8", "cp950"):
        try:
            getincrementaldecoder(encoding)().decode(start)  # the last letter may be cut
        except UnicodeDecodeError:
            continue
        return True
    return False
