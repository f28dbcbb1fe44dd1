"""A worksheet that holds its cells, or what is written of them, but not both."""

from __future__ import annotations

from io import StringIO

from xlsxwriter.worksheet import Worksheet


class LeanWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter tells no types
    """Once it is written, its cells are gone, and its text is one piece, not one a tag."""

    fh: StringIO

    def _assemble_xml_file(self) -> None:
        given, self.fh = self.fh, StringIO()
        super()._assemble_xml_file()
        given.write(self.fh.getvalue())
        self.fh = given
        self.table.clear()
