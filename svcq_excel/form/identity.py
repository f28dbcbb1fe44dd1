"""What says whose form a workbook is: the same marks in three independent places.

The hidden sheet `_svcq`, the document's custom properties, and the visible 編號 and 機關名稱. A
correction form bears a further mark in the first two: of the form that it answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from svcq_excel.plan.rounds import round_key
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.folding import fold

if TYPE_CHECKING:  # whoever reads a form needs no lists and no key
    from svcq_excel.plan.assessors import Assessor
    from svcq_excel.plan.units import Unit
    from svcq_excel.seal_key import SealKey

FORMAT = "1"
HIDDEN_SHEET = "_svcq"
FORM_SHEET, REMARKS_SHEET, GUIDE_SHEET = "評分表", "優缺點及改善事項", "填寫說明"
PROPERTY_PREFIX = "svcq_"
INDEX = "表件清單.xlsx"
"""The list that is laid beside blank forms."""
PAGE_MARK = b'<meta name="generator" content="svcq_excel">'
"""Stands in every page that this program writes."""
PRINT_MARK = b"%svcq_excel\n"
"""Stands at the end of every PDF."""

OUTPUT_PROPERTY = "svcq_output"
"""Custom property of workbooks that we write and that are no forms: lists, tables, reports.

They often lie in the folder into which forms come back.
"""
OUTPUT_HEADS = (
    "檔案,單位,考核人員,情形,",
    "unit,name,group,kind,",
    "unit,kind,leaf,",
    "path,status,unit,",
    "path,unit,code,",
)
"""How the tables begin that we write as .csv."""
OUTPUT_WORDS = "本系統產出的清單或統計表，不是評分表"


SEAL = "seal"
"""The key under which a folder's form bears the seal on its other marks."""

CARRIED = "carried"
"""The key under which a checklist's form says which open steps of earlier rounds it bears."""

_LONGEST_PROPERTY = 255
"""Characters; Excel takes no more."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The marks of one form, as the hidden sheet lists them."""

    format: str
    rubric: str
    digest: str
    round: str
    unit: str
    unit_name: str
    assessor: str
    seal: str = field(default="", compare=False)
    """On a form that is made with a folder's key, what proves the marks above."""

    def pairs(self) -> list[tuple[str, str]]:
        sealed = [(SEAL, self.seal)] if self.seal else []
        return [*((key, getattr(self, key)) for key in KEYS), *sealed]

    def properties(self) -> list[tuple[str, str]]:
        """The pairs that fit into document properties."""
        return [pair for pair in self.pairs() if fits_property(pair[1])]


@dataclass(frozen=True, slots=True)
class CorrectionMark:
    """Which form a correction form answers; of any other form nothing."""

    corrects: str = ""
    """The SHA-256 of that form's file."""
    correction: int = 0
    """1, and one more where that form was a correction form itself."""
    correct_by: str = ""
    """The notice's deadline as ISO 8601, where one was given that can be read."""

    printed: str = ""
    """What it carried over, in short: who changes nothing in it has corrected nothing."""

    def pairs(self) -> list[tuple[str, str]]:
        return [(key, str(value)) for key in CORRECTION_KEYS if (value := getattr(self, key))]


KEYS = tuple(field.name for field in fields(Identity) if field.compare)
CORRECTION_KEYS = tuple(field.name for field in fields(CorrectionMark))


def fits_property(text: str) -> bool:
    return len(text.encode("utf-16-le")) <= 2 * _LONGEST_PROPERTY


def form_word(rubric: Rubric) -> str:
    """What people call the forms of an assessment."""
    return "檢核表" if rubric.is_checklist else FORM_SHEET


def identity_of(rubric: Rubric, round: str, unit: Unit, assessor: Assessor) -> Identity:
    return Identity(FORMAT, rubric.id, rubric.digest, round, unit.code, unit.name, assessor.key)


def sealed(identity: Identity, key: SealKey | None) -> Identity:
    """The same with the seal of a folder's key; without one as it is."""
    return replace(identity, seal=key.seal(under_seal(identity))) if key else identity


def under_seal(identity: Identity) -> tuple[str, ...]:
    """What a seal proves: whose form it is and for what, however a program spelled it anew."""
    whose = fold(identity.unit), fold(identity.assessor)
    return identity.rubric, identity.digest, round_key(identity.round), *whose
