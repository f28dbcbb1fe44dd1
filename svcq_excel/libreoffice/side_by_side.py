"""What LibreOffice leaves to chance in an .ods, as it reads the sheets side by side, put right."""

from __future__ import annotations

import re

_PAGE = re.compile(r"<style:master-page .*?</style:master-page>", re.DOTALL)
_PAPER = re.compile(r'(<style:page-layout style:name=")(.*?)(".*?</style:page-layout>)', re.DOTALL)
_SHEET = re.compile(r'<table:table table:name="([^"]*)".*?</table:table>', re.DOTALL)
_VALIDATED = re.compile(r'table:content-validation-name="([^"]*)"')
_VALIDATION = re.compile(
    r'(<table:content-validation table:name="([^"]*)"[^>]* table:base-cell-address=")'
    r'[^"]*(\.[^".]*")'
)
_CONDITIONAL = re.compile(
    '<style:style style:name="ConditionalStyle_[^>]*?(?:/>|>.*?</style:style>)', re.DOTALL
)


def styles_in_order(styles: str) -> str:
    """The member styles.xml as it would be if the sheets had been read one after another."""
    looks = iter(sorted(_CONDITIONAL.findall(styles)))
    return pages_in_order(_CONDITIONAL.sub(lambda _: next(looks), styles))


def pages_in_order(styles: str) -> str:
    """Pages are numbered as the sheets come: here they get an order that hangs on themselves."""
    papers = sorted(_PAPER.findall(styles), key=lambda paper: paper[2])
    names = {f'"{name}"': f'"Paper{i}"' for i, (_, name, _) in enumerate(papers, 1)}
    papers_in_order = iter("".join(paper) for paper in papers)
    styles = _PAPER.sub(lambda _: next(papers_in_order), styles)
    styles = re.sub('"[^"]*"', lambda m: names.get(m[0], m[0]), styles)
    pages = iter(sorted(_PAGE.findall(styles)))
    return _PAGE.sub(lambda _: next(pages), styles)


def validations_at_home(content: str) -> str:
    """A validation starts from the sheet that came first: here from the one it is on."""
    sheets = {
        validation: sheet[1]
        for sheet in _SHEET.finditer(content)
        for validation in _VALIDATED.findall(sheet[0])
    }
    return _VALIDATION.sub(lambda m: f"{m[1]}{sheets.get(m[2], '')}{m[3]}", content)
