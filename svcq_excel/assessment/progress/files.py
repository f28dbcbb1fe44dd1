"""進度.xlsx and 進度.html among the results, or where a call wants them."""

from __future__ import annotations

from pathlib import Path

from svcq_excel.assessment.progress.page import progress_page
from svcq_excel.assessment.progress.sheet import progress_sheet
from svcq_excel.assessment.standing import PAGE, SHEET, Standing
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.inbox.finding import lies_in
from svcq_excel.placing import write_together
from svcq_excel.replacing import verify_outputs


def write_progress(now: Standing, out: Path | None = None) -> dict[Path, Path]:
    """Where each came to lie. Raises DefinitionError where they would take the place of a file
    that is not ours, and OutputBlockedError."""
    folder = now.folder.results if out is None else out
    contents = {folder / SHEET: progress_sheet(now), folder / PAGE: progress_page(now)}
    if lies_in(folder, (now.folder.inbox,)):
        message = "這是放置收件的資料夾，本程式不在其中寫入"
        raise DefinitionError([Problem(str(folder), message, "請改用其他資料夾")])
    verify_outputs(contents, (now.folder.plan_workbook,))
    return write_together(contents.items())
