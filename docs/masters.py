"""Makes the .ods masters of the rubrics that ship, through LibreOffice (make masters)."""

from __future__ import annotations

import os
from pathlib import Path

from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.issuing.masters import converted, shipped_path, xlsx_master
from svcq_excel.rubric.shipped import shipped

FONTS = Path(__file__).parents[1] / "tests" / "fonts.conf"
"""By whose digits LibreOffice measures columns: without them they get a quarter wider."""

if __name__ == "__main__":
    os.environ.setdefault("FONTCONFIG_FILE", str(FONTS))
    for rubric in shipped():
        master = converted(xlsx_master(rubric, common_mistakes()))
        shipped_path(rubric).write_bytes(master)
