"""Closer looks into files that tests hold as bytes."""

from __future__ import annotations

from svcq_excel.workbooks.look import Book, Look
from svcq_excel.workbooks.second_look import closer_book
from svcq_excel.workbooks.workbook import Family
from svcq_excel.workbooks.zip_parts import Parts


def look_closer(data: bytes, family: Family, sheet: str) -> Look:
    return _book(data, family).sheet(sheet)


def custom_properties(data: bytes, family: Family) -> dict[str, str]:
    return _book(data, family).properties()


def reaches_far(data: bytes, family: Family, sheet: str) -> bool:
    return _book(data, family).reaches_far(sheet)


def _book(data: bytes, family: Family) -> Book:
    return closer_book(Parts(data), family)
