"""Blank forms by the hundred: render one master, then stamp each unit's identity into a copy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from svcq_excel.form.identity import KEYS, Identity
from svcq_excel.form.mould import Mould, placeholder
from svcq_excel.form.writer import render
from svcq_excel.rubric.model import Kind, Rubric

_TITLE = "title"


class Stamper:
    """Makes the blank forms of one rubric."""

    def __init__(self, rubric: Rubric, mistakes: Sequence[str] = ()) -> None:
        self._rubric, self._mistakes = rubric, mistakes
        identity = Identity(*(placeholder(key) for key in KEYS))
        self._mould = Mould(render(rubric, identity, placeholder(_TITLE), mistakes=mistakes))

    def stamp(self, identity: Identity, kind: Kind) -> bytes:
        """The bytes of the blank form with this identity."""
        title = self._rubric.title_of_form(kind)
        strings = {**dict(identity.pairs()), _TITLE: title}
        if len(identity.properties()) == len(KEYS):
            with suppress(ValueError):
                return self._mould.cast(strings)
        return render(self._rubric, identity, title, mistakes=self._mistakes)
