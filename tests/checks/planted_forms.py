"""Forms and files that people changed, damaged or mistook, each with all that may be found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from svcq_excel.form.identity import REMARKS_SHEET
from svcq_excel.pipeline import issue
from svcq_excel.plan.assessors import HQ
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import TAIPEI
from tests.checks.desk import SHEET, Desk, patch, save_date, stamp
from tests.checks.planted_entries import Change, Plant
from tests.checks.tampering import (
    cleared_key,
    copied_row,
    copied_sheet,
    deleted_rows,
    full_marks,
    hidden_form,
    hidden_row,
    key_in_a_hidden_column,
    no_hidden_sheet,
    only_marks,
    renamed,
    typed_into,
    typed_over,
    unprotected,
)

MIB = 1024 * 1024
SECOND = {"unit": "A02", "unit_name": "第二河川局"}


def changed(*changes: Change) -> Plant:
    def plant(desk: Desk) -> None:
        paper = desk.paper()
        for change in changes:
            change(paper)
        desk.hand_in(paper)

    return plant


def _missing(leaves: slice) -> str:
    return " ".join(f"{leaf.id}:score-missing" for leaf in load("wra-105").leaves[leaves])


def content(data: bytes) -> Plant:
    return lambda desk: desk.put(data)


def stamped(*places: str, **identity: str) -> Plant:
    return changed(lambda paper: stamp(paper, *places, **identity))


def of_rubric(**definition: object) -> Plant:
    """A sound form, issued of a rubric that differs in a few words."""

    def plant(desk: Desk) -> None:
        other = Rubric.model_validate({**desk.plan.rubric.model_dump(), **definition})
        desk.hand_in(desk.paper(replace(desk.plan, rubric=other)))

    return plant


def of_round(desk: Desk) -> None:
    """One unit's; another unit's is of both rounds."""
    other = replace(desk.plan, round="105年度下半年")
    desk.hand_in(desk.paper(), "一.xlsx")
    desk.hand_in(desk.paper(other), "二.xlsx")
    desk.hand_in(desk.paper(other, unit=desk.plan.units[1]), "三.xlsx")


def of_stranger(desk: Desk) -> None:
    desk.hand_in(desk.paper(unit=Unit("Z99", "不存在的單位")))


def of_stranger_by_name(desk: Desk) -> None:
    """The unit's name was changed since, its code was not."""
    desk.hand_in(desk.paper(unit=Unit("A01", "第一河川分署")))


def twice(desk: Desk) -> None:
    for day, name in enumerate(("乙.xlsx", "甲.xlsx"), 1):
        save_date(desk.hand_in(desk.paper(), name), f"2016-07-0{day}T09:30:00Z")


def locked(desk: Desk) -> None:
    path = desk.hand_in(desk.paper())
    stream = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt("秘密", stream)
    path.write_bytes(stream.getvalue())


def late(desk: Desk) -> None:
    desk.plan = replace(desk.plan, deadline=datetime(2016, 7, 1, 17, tzinfo=TAIPEI))
    save_date(desk.hand_in(desk.paper()), "2016-07-01T09:30:00Z")


def blank(desk: Desk) -> None:
    """Beside the form that was filled in, as it was issued."""
    (form,) = issue(replace(desk.plan, units=desk.plan.units[:1]), "self", desk.inbox)
    for other in desk.inbox.iterdir():  # the list of forms, and outlines of documents
        if other != form.path:
            other.unlink()
    desk.hand_in(desk.paper())


def from_the_future(desk: Desk) -> None:
    save_date(desk.hand_in(desk.paper()), "2099-07-01T09:30:00Z")


def in_halves(desk: Desk) -> None:
    """Two offices of a unit each filled in its half."""
    leaves = desk.plan.rubric.leaves
    for name, left in (("一.xlsx", leaves[:9]), ("二.xlsx", leaves[9:])):
        paper = desk.paper()
        for leaf in left:
            for key in ("score", "band", "measure"):
                if (leaf.id, key) in paper.layout.entries:
                    paper.entry(leaf.id, key).value = None
        save_date(desk.hand_in(paper, name), f"2016-07-0{len(left) % 9 + 1}T09:30:00Z")


def misnamed(desk: Desk) -> None:
    desk.hand_in(desk.paper(), "表.xlsx").rename(desk.inbox / "表.xls")


def borrowed(desk: Desk) -> None:
    """The second unit filled in the first one's form, and hands in none of its own."""
    for name in ("甲.xlsx", "乙.xlsx"):
        paper = desk.paper()
        for leaf in desk.plan.rubric.leaves:
            if name == "乙.xlsx":
                paper.enter(leaf.id, score=0)
                if leaf.picks_band:
                    paper.enter(leaf.id, band=None)
        save_date(desk.hand_in(paper, name), f"2016-07-0{len(name)}T09:30:00Z")


def apart(desk: Desk) -> None:
    """The head office gives so much less that the unit has something to explain."""
    desk.hand_in(desk.paper(), "自評.xlsx")
    paper = desk.paper(assessor=HQ)
    paper.enter("A1.1.1.1", score=0, band=None)
    paper.enter("A1.1.2", score=20)
    desk.hand_in(paper, "署評.xlsx")


def copied(desk: Desk) -> None:
    for name, unit in zip(("一.xlsx", "二.xlsx"), desk.plan.units, strict=False):
        desk.hand_in(desk.paper(unit=unit), name)


def truncated(desk: Desk) -> None:
    path = desk.hand_in(desk.paper())
    path.write_bytes(path.read_bytes()[:9_000])


def with_two_values(desk: Desk) -> None:
    path = desk.hand_in(desk.paper())
    patch(path, SHEET, lambda xml: xml.replace("</v>", "</v><v>1</v>", 1))


def invitation(desk: Desk) -> None:
    book, stream = Workbook(), BytesIO()
    book.worksheets[0].append(["編號", "A01", "得分", 95])
    book.save(stream)
    desk.put(stream.getvalue())


FORMS: dict[str, tuple[Plant, str]] = {
    "an empty file": (content(b""), "rejected unreadable-file"),
    "a web page": (content(b"\n<HTML><body>"), "rejected unreadable-file"),
    "a PDF": (content(b"%PDF-1.7\n"), "rejected unreadable-file"),
    "a form cut off": (truncated, "rejected unreadable-file"),
    "20 MiB and a byte": (content(bytes(20 * MIB + 1)), "rejected unsafe-file"),
    "a cell with two values": (with_two_values, "rejected two-documents"),
    "a password": (locked, "rejected password-protected"),
    "another workbook": (invitation, "rejected unknown-form"),
    "marks without a form": (changed(only_marks), "rejected unknown-form"),
    "another rubric": (of_rubric(id="wra-104"), "needs-correction other-rubric"),
    "another rubric's marks": (
        stamped("hidden", "properties", rubric="khb-106"),
        "needs-correction other-rubric",
    ),
    "another round": (of_round, "accepted, needs-correction other-rubric, ignored"),
    "a revised rubric": (of_rubric(agency="經濟部水利署(修訂)"), "accepted rubric-revised"),
    "a stranger": (of_stranger, "needs-correction unknown-unit"),
    "a stranger's marks": (
        stamped("hidden", "properties", "visible", unit="Z99", unit_name="不存在的單位"),
        "needs-correction unknown-unit",
    ),
    "a unit renamed since": (of_stranger_by_name, "accepted"),
    "another code, to be seen": (
        stamped("visible", unit="A02"),
        "needs-correction identity-conflict",
    ),
    "another name, to be seen": (
        stamped("visible", unit_name="第二河川局"),
        "needs-correction identity-conflict",
    ),
    "a name that was added to, to be seen": (
        stamped("visible", unit_name="第一河川局（含各工務課）"),
        "accepted name-differs",
    ),
    "a garbled name, in the properties": (
        stamped("properties", unit_name="ç¬¬ä¸€æ²³å·å±€"),
        "accepted name-differs",
    ),
    "another unit, hidden": (stamped("hidden", **SECOND), "needs-correction identity-conflict"),
    "another unit, in the properties": (
        stamped("properties", **SECOND),
        "needs-correction identity-conflict",
    ),
    "a name with blanks": (stamped("visible", unit_name="第一 河川局 "), "accepted"),
    "no hidden sheet": (changed(no_hidden_sheet), "accepted identity-recovered"),
    "a sheet renamed": (changed(renamed), "accepted"),
    "a total typed over": (changed(lambda p: p.type_over_total(774)), "accepted total-altered"),
    "a sum typed over by a label": (
        changed(typed_over("sum", "A1", "一、服務流程*小計：200分")),
        "accepted A1:total-altered",
    ),
    "a sum typed over by a word": (
        changed(typed_over("section_sum", "A", "合格。")),
        "accepted A:total-altered",
    ),
    "a leaf's wording": (
        changed(lambda p: p.reword("B1.1.1.2", "出版品", "刊物")),
        "accepted B1.1.1.2:criterion-altered",
    ),
    "a leaf's cap": (
        changed(lambda p: p.reword("A1.1.1.1", "(120分)", "(130分)")),
        "accepted A1.1.1.1:criterion-altered",
    ),
    "a leaf's band": (
        changed(typed_over("range", "A2.3.1", "1-40分")),
        "accepted A2.3.1:criterion-altered",
    ),
    "a row deleted": (
        changed(deleted_rows("C1.2")),
        "needs-correction C1.2:criterion-missing",
    ),
    "a block of rows deleted": (
        changed(deleted_rows("B1.1.1.2")),
        "needs-correction B1.1.1.2:criterion-missing",
    ),
    "a key cleared": (changed(cleared_key("C1.2")), "needs-correction C1.2:criterion-missing"),
    "a key cleared, above bands": (
        changed(cleared_key("A1.1.1.2")),
        "needs-correction A1.1.1.2:criterion-missing",
    ),
    "a row copied": (changed(copied_row("C1.2")), "needs-correction C1.2:criterion-repeated"),
    "a row copied, full marks": (
        changed(full_marks, copied_row("C1.2")),
        "needs-correction C1.2:criterion-repeated",
    ),
    "a row hidden": (changed(hidden_row), "accepted C1.2:criterion-hidden"),
    "the sheet hidden": (changed(hidden_form), "needs-correction form-hidden"),
    "the key of the scores moved": (
        changed(key_in_a_hidden_column),
        "needs-correction criterion-mistaken criterion-mistaken",
    ),
    "a head that says otherwise": (
        changed(typed_into("I5", "備註")),
        "needs-correction criterion-mistaken",
    ),
    "no protection": (changed(unprotected), "accepted protection-removed"),
    "the sheet copied": (changed(copied_sheet), "needs-correction criterion-repeated"),
    "the sheet copied, full marks": (
        changed(copied_sheet, full_marks),
        "needs-correction criterion-repeated",
    ),
    "the sheet of remarks deleted": (
        changed(lambda p: p.book.remove(p.book[REMARKS_SHEET])),
        "accepted remarks-missing",
    ),
    "the sheet of remarks renamed": (
        changed(lambda p: setattr(p.book[REMARKS_SHEET], "title", "優缺點")),
        "accepted",
    ),
    "handed in twice": (twice, "superseded duplicate-submission, accepted"),
    "handed in too late": (late, "accepted late-submission"),
    "as it was issued, beside the filled one": (blank, "blank blank-form, accepted"),
    "saved in the future": (from_the_future, "accepted date-in-future"),
    "halves of one form": (
        in_halves,
        f"superseded halves duplicate-submission {_missing(slice(9))}, "
        f"needs-correction halves {_missing(slice(9, None))}",
    ),
    "another extension": (misnamed, "accepted unusual-file"),
    "two units on one unit's form": (
        borrowed,
        "superseded borrowed-form duplicate-submission uniform-scores, accepted borrowed-form",
    ),
    "far above the head office": (apart, "accepted, accepted"),
    "one unit's answers as another's": (
        copied,
        "accepted identical-entries, accepted identical-entries",
    ),
}
