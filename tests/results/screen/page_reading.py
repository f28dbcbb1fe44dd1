"""Reads a page of results back for the tests: its sections, and the rows of their tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Row = list[str]


@dataclass
class SectionRead:
    """What a section says outside of its tables, and the rows of these."""

    lines: Row = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    """The attributes of the cells that are heads."""


class PageRead(HTMLParser):
    """Every text of a page once, where it stands."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.sections: dict[str, SectionRead] = {}
        self.tags: list[str] = []
        self.languages: list[str | None] = []
        self._now: SectionRead | None = None
        self._within: list[str] = []
        self._unseen = 0
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag in {"meta", "input", "col"}:
            return
        self._within.append("unseen" if "unseen" in said.get("class", "") else tag)
        if tag == "html":
            self.languages.append(said.get("lang"))
        if tag == "section":
            self._now = self.sections[said["data-sheet"]] = SectionRead()
        elif self._now and tag == "tr":
            self._now.rows.append([])
        elif self._now and tag in {"td", "th"}:
            self._now.rows[-1].append("")
            if tag == "th":
                self._now.heads.append(said)
        elif self._now and tag in {"p", "h2", "span", "li"} and not self._in_a_cell:
            self._now.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._within.pop()
        if tag == "section":
            self._now = None

    def handle_data(self, data: str) -> None:
        if not self._now or self._within[-1] in {"unseen", "sup"} or "sup" in self._within:
            return
        if self._in_a_cell:
            self._now.rows[-1][-1] += data
        elif data.strip() and self._now.lines:
            self._now.lines[-1] += data

    @property
    def _in_a_cell(self) -> bool:
        return bool({"td", "th"} & set(self._within))
