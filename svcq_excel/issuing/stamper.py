"""Blank forms by the hundred: make one master, then stamp each unit's identity into a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svcq_excel.form.identity import Identity
from svcq_excel.form.writing.head_looks import needs_its_own_look
from svcq_excel.form.writing.prefilled import Filled
from svcq_excel.form.writing.writer import render
from svcq_excel.issuing.masters import TITLE, ods_master, xlsx_master
from svcq_excel.issuing.zip_mould import Mould, escaped
from svcq_excel.plan.forms_meant import Format
from svcq_excel.rubric.model import Kind, Rubric


class Stamper:
    """Makes the blank forms of one rubric; raises DefinitionError where a format has no master."""

    def __init__(
        self,
        rubric: Rubric,
        mistakes: Sequence[str] = (),
        format: Format = "xlsx",
        carried_steps: tuple[str, ...] = (),
        is_sealed: bool = False,
    ) -> None:
        self._rubric, self._mistakes, self._format = rubric, mistakes, format
        self._blank = Filled(carried_steps=carried_steps)
        if format == "ods":
            self._mould = Mould(ods_master(rubric, mistakes, self._blank, is_sealed), _in_odf)
        else:
            self._mould = Mould(xlsx_master(rubric, mistakes, self._blank, is_sealed))

    def stamp(self, identity: Identity, kind: Kind) -> bytes:
        """The bytes of the blank form with this identity."""
        title = self._rubric.title_of_form(kind)
        alone = len(identity.properties()) < len(identity.pairs())
        alone = alone or needs_its_own_look(self._rubric, identity.unit_name)
        if self._format == "xlsx" and alone:
            return render(self._rubric, identity, title, self._blank, self._mistakes)
        return self._mould.cast({**dict(identity.pairs()), TITLE: title})


_LOST_BLANK = re.compile("^ | $|(?<= ) ")


def _in_odf(member: str, text: str) -> str:
    """Of blanks in a row, and at the ends of a paragraph, OpenDocument keeps what is an element."""
    xml = escaped(member, text)
    return _LOST_BLANK.sub("<text:s/>", xml) if member == "content.xml" else xml
