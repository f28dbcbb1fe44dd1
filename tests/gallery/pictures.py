"""`python -m tests.gallery.pictures`: the pictures of README and of the manual (make pictures)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq_excel import open_folder, pipeline
from svcq_excel.assessment.progress.page import progress_page
from svcq_excel.assessment.standing import standing
from svcq_excel.cli.demo import plan_of, samples_of
from svcq_excel.results.screen.report import write_html
from svcq_excel.text.roc_dates import TAIPEI
from tests.assessment.folders import assessment
from tests.gallery.printing import printed
from tests.gallery.screens import screen

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
_FORM = "A05_第五河川局_wra-105_105年度上半年_自行.xls"  # with mistakes to see
_DPI, _TOP = 96, 0.55
_DAY = datetime(2016, 7, 20, 9, tzinfo=TAIPEI)
"""Before the deadline of the samples: what is missing is not yet late."""


def main() -> None:
    inbox = samples_of("wra-105") / "returned"
    with TemporaryDirectory() as made_in:
        folder = Path(made_in)
        results = pipeline.merge(plan_of("wra-105"), inbox, folder / "考核結果統計表.xlsx")
        form, table = printed([inbox / _FORM, results.paths[0]], folder)
        made = open_folder(assessment(folder / "考核").path).folder
        pictures = {
            "form": form[0].picture(_DPI),
            "filling": form[0].picture(_DPI, _TOP),
            "table": table[0].picture(_DPI),
            "report": screen(write_html(results.outcome), folder),
            "progress": screen(progress_page(standing(made, _DAY)), folder),
        }
        for name, picture in pictures.items():
            (PICTURES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
