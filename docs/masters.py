"""Makes the .ods masters of the rubrics that ship, through LibreOffice (make masters)."""

from __future__ import annotations

from svcq_excel.checks.catalogue import common_mistakes
from svcq_excel.issuing.masters import converted, shipped_path, xlsx_master
from svcq_excel.rubric.shipped import shipped

if __name__ == "__main__":
    for rubric in shipped():
        master = converted(xlsx_master(rubric, common_mistakes()))
        shipped_path(rubric).write_bytes(master)
