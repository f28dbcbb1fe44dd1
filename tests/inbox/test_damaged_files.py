"""Whatever became of a file, nothing stops the round, and every file is accounted for once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.pipeline import assess
from svcq_excel.plan.plan import Plan
from svcq_excel.results.model import FileResult
from svcq_excel.rubric.model import Rubric
from tests.form.filling import Filling, blank, fill
from tests.form.fillings import right_answer

STATUSES = {"accepted", "needs-correction", "superseded", "rejected", "ignored"}

# A cut, or bytes written over, taken out or put in, at places given as shares of the length.
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "over", "out", "in", "flip"]),
        st.floats(0, 1),
        st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=4,
)
Edits = list[tuple[str, float, bytes]]


def edited(data: bytes, edits: Edits) -> bytes:
    for how, share, some in edits:
        at = int(share * len(data))
        match how:
            case "cut":
                data = data[:at]
            case "over":
                data = data[:at] + some + data[at + len(some) :]
            case "out":
                data = data[:at] + data[at + len(some) :]
            case "in":
                data = data[:at] + some + data[at:]
            case _:
                flipped = bytes(byte ^ 0x10 for byte in data[at : at + 1])
                data = data[:at] + flipped + data[at + 1 :]
    return data


@dataclass(frozen=True, repr=False)
class Desk:
    """Where files are assessed; an example that fails shows its edits, and not all of this."""

    plan: Plan
    inbox: Path
    xlsx: bytes
    ods: bytes

    def __repr__(self) -> str:
        return "desk"


@pytest.fixture(scope="module")
def desk(plan: Plan, inbox: Path, form: bytes, ods: bytes) -> Desk:
    return Desk(plan, inbox, form, ods)


@pytest.fixture(scope="module")
def form(rubric: Rubric) -> bytes:
    answers = [right_answer(leaf, i) for i, leaf in enumerate(rubric.leaves)]
    return fill(rubric, Filling({k: v for answer in answers for k, v in answer.items()}))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("收件 夾")


def assessed(plan: Plan, inbox: Path) -> dict[str, FileResult]:
    files = assess(plan, [inbox]).files
    here = [str(path.relative_to(inbox.parent)) for path in inbox.rglob("*") if path.is_file()]
    assert sorted(file.path for file in files) == sorted(here), "each file once"
    return {Path(file.path).name: file for file in files}


def assert_accounted_for(desk: Desk, sound: bytes, edits: Edits) -> None:
    """Beside a sound form of the same unit, so that the two are compared too."""
    (desk.inbox / "壞.xlsx").write_bytes(edited(sound, edits))
    (desk.inbox / "好.xlsx").write_bytes(sound)
    files = assessed(desk.plan, desk.inbox)
    assert files["壞.xlsx"].status in STATUSES - {"ignored"}
    if files["壞.xlsx"].status == "rejected":
        [violation] = files["壞.xlsx"].violations
        assert violation.severity == "error"
        assert files["好.xlsx"].status == "accepted"
    accepted = [file for file in files.values() if file.status == "accepted"]
    assert len(accepted) <= 1


@settings(max_examples=60)
@given(edits=EDITS)
def test_a_damaged_xlsx_never_stops_the_round(desk: Desk, edits: Edits) -> None:
    assert_accounted_for(desk, desk.xlsx, edits)


@settings(max_examples=40)
@given(edits=EDITS)
def test_a_damaged_ods_never_stops_the_round(desk: Desk, edits: Edits) -> None:
    assert_accounted_for(desk, desk.ods, edits)


@pytest.mark.parametrize("name", [b"xl/workbook.xml", b"content.xml"])
def test_a_damaged_name_in_the_directory_is_one_unreadable_file(desk: Desk, name: bytes) -> None:
    """Without that name none says workbook any more; its parts are no files of an inbox."""
    sound = desk.ods if name == b"content.xml" else desk.xlsx
    before, name, after = sound.rpartition(name)
    (desk.inbox / "壞.xlsx").write_bytes(before + bytes([name[0] ^ 0x10]) + name[1:] + after)
    file = assessed(desk.plan, desk.inbox)["壞.xlsx"]
    assert (file.status, file.violations[0].code) == ("rejected", "unreadable-file")
    assert "損壞" in file.violations[0].message


def test_a_directory_that_hides_its_own_entries_is_one_unreadable_file(desk: Desk) -> None:
    """The first entry says of its comment that it is as long as all other entries together."""
    start = desk.xlsx.index(b"PK\x01\x02")
    second, end = desk.xlsx.index(b"PK\x01\x02", start + 4), desk.xlsx.rindex(b"PK\x05\x06")
    length = (end - second).to_bytes(2, "little")
    damaged = desk.xlsx[: start + 32] + length + desk.xlsx[start + 34 :]
    (desk.inbox / "壞.xlsx").write_bytes(damaged)
    file = assessed(desk.plan, desk.inbox)["壞.xlsx"]
    assert (file.status, file.violations[0].code) == ("rejected", "unreadable-file")
    assert "損壞" in file.violations[0].message


@settings(max_examples=40)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF", b"<html>", b"\xd0"]))
def test_noise_is_rejected(
    plan: Plan, tmp_path_factory: pytest.TempPathFactory, noise: bytes, start: bytes
) -> None:
    inbox = tmp_path_factory.mktemp("noise")
    (inbox / "a.xlsx").write_bytes(start + noise)
    assert assessed(plan, inbox)["a.xlsx"].status == "rejected"


def test_every_file_of_a_mixed_inbox_has_one_fate(plan: Plan, form: bytes, tmp_path: Path) -> None:
    inside = {
        "甲/A01.xlsx": form,
        "甲/A01 副本.xlsx": form,
        "乙/空.xlsx": b"",
        "乙/網頁.xls": b"<html></html>",
        "乙/說明.pdf": b"%PDF",
        "~$A01.xlsx": b"x",
        "Thumbs.db": b"x",
        "空白.xlsx": blank(plan.rubric),
        "別期.xlsx": form[: len(form) // 2],
    }
    for name, data in inside.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    outcome = assess(plan, [tmp_path, tmp_path / "甲"])
    statuses = Counter(file.status for file in outcome.files)
    assert statuses == {"superseded": 1, "accepted": 1, "blank": 1, "rejected": 3, "ignored": 3}
    assert all(file.violations for file in outcome.files if file.status == "rejected")
    assert all(file.reason for file in outcome.files if file.status in {"ignored", "superseded"})


def test_files_are_told_in_the_same_order_every_time(
    plan: Plan, form: bytes, tmp_path: Path
) -> None:
    for name in ("丙.xlsx", "甲.xlsx", "乙/丁.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(form)
    first, again = (assess(plan, [tmp_path]) for _ in range(2))
    assert first.files == again.files
    names = [Path(file.path).name for file in first.files]
    assert names == ["丙.xlsx", "甲.xlsx", "丁.xlsx"]
