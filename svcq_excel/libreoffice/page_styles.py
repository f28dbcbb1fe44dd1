"""The pages of an .ods that LibreOffice wrote, in an order that does not hang on chance."""

from __future__ import annotations

import re

_PAGE = re.compile(r"<style:master-page .*?</style:master-page>", re.DOTALL)
_PAPER = re.compile(r'(<style:page-layout style:name=")(.*?)(".*?</style:page-layout>)', re.DOTALL)


def in_order(styles: str) -> str:
    """LibreOffice reads the sheets side by side, and numbers what they bring as it comes."""
    papers = sorted(_PAPER.findall(styles), key=lambda paper: paper[2])
    names = {f'"{name}"': f'"Paper{i}"' for i, (_, name, _) in enumerate(papers, 1)}
    papers_in_order = iter("".join(paper) for paper in papers)
    styles = _PAPER.sub(lambda _: next(papers_in_order), styles)
    styles = re.sub('"[^"]*"', lambda m: names.get(m[0], m[0]), styles)
    pages_in_order = iter(sorted(_PAGE.findall(styles)))
    return _PAGE.sub(lambda _: next(pages_in_order), styles)
