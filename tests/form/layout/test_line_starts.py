"""避頭尾: on paper no line begins with 「，。」 or ends with 「（」."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from svcq_excel.issuing.masters import shipped_path
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import shipped
from tests.conftest import Convert
from tests.form.layout.test_pages import text_of

pytestmark = pytest.mark.office

BEGUN_BADLY = re.compile(r"^[，。、；：？！）」』》〉】〕]", re.MULTILINE)
ENDED_BADLY = re.compile(r"[（「『《〈【〔]$", re.MULTILINE)


@pytest.fixture(scope="module")
def printed(
    office: Convert, kai: None, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Each shipped .ods form as it is printed."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    paths = [shipped_path(rubric) for rubric in shipped()]
    made = office(paths, "pdf", tmp_path_factory.mktemp("lines"))
    return {pdf.stem: pdf for pdf in made}


@pytest.mark.parametrize("rubric", shipped(), ids=lambda rubric: rubric.id)
def test_no_line_of_an_ods_form_begins_or_ends_badly(
    rubric: Rubric, printed: dict[str, Path]
) -> None:
    lines = text_of(printed[rubric.id], "-raw")
    assert len(lines.splitlines()) > 100
    assert not BEGUN_BADLY.findall(lines)
    assert not ENDED_BADLY.findall(lines)
