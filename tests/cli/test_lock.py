"""`svcq lock`, `svcq verify` and `svcq merge --unlock`, as a secretary calls them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import sample
from tests.locking.office_desk import ROUND, members, new_folder, pack


@pytest.fixture
def here(svcq: Run) -> Path:
    """The call's own folder is that of an assessment, with its result."""
    new_folder(Path())
    assert svcq("merge").code == 1
    return Path()


def test_a_result_is_frozen_listed_verified_undone_and_frozen_again(here: Path, svcq: Run) -> None:
    assert "--unlock 沒有作用" in svcq("merge", "--unlock", "理由").err
    ran = svcq("lock", "--json")
    assert ran.code == 0
    assert ran.document["new"] is True
    assert (ran.document["round"], ran.document["number"]) == (ROUND, 1)
    assert Path(ran.document["path"]).is_file()
    assert svcq("lock", "--json").document == {**ran.document, "new": False}

    refused = svcq("merge")
    assert refused.code == 2
    assert "第1次定案，不能取代" in refused.err
    assert svcq("merge", "--json").document["error"]["exit_code"] == 2
    assert svcq("verify", "--json").document == {"same": True, "differences": []}

    assert svcq("merge", "--unlock").code == 2
    assert svcq("merge", "--unlock", " ").code == 2
    assert svcq("merge", "--unlock", "申訴成立").code == 1
    listed = svcq("lock", "--list")
    assert listed.code == 0
    assert "第1次定案" in listed.out
    assert "解除：申訴成立" in listed.out
    assert svcq("merge").code == 1
    assert svcq("lock").code == 0
    first, second = svcq("lock", "--list", "--json").document["locks"]
    assert (first["reason"], first["number"], second["number"]) == ("申訴成立", 1, 2)
    assert second["undone"] is None
    assert svcq("verify").code == 0


def test_what_a_frozen_result_goes_without_is_said_once(here: Path, svcq: Run) -> None:
    told = svcq("lock").err
    assert "請留意：定案時，" in told and "svcq merge --unlock" in told
    assert "請留意" not in svcq("lock").err


def test_verify_says_what_differs_and_ends_with_1(here: Path, svcq: Run) -> None:
    svcq("lock")
    shutil.copy(sample("A09", "xlsx"), "收件/新.xlsx")
    ran = svcq("verify", "--json")
    assert ran.code == 1
    assert ran.document == {
        "same": False,
        "differences": ["資料夾內的「收件/新.xlsx」是定案後加入的"],
    }
    (made,) = Path("封存").glob("*.zip")
    assert svcq("verify", made).code == 0
    parts = members(made)
    del parts["考核計畫.xlsx"]
    pack(Path("壞.zip"), parts)
    told = svcq("verify", "壞.zip")
    assert told.code == 1
    assert "「考核計畫.xlsx」已不在封存檔內。" in told.out


def test_what_cannot_be_verified_is_a_wrong_call(svcq: Run) -> None:
    assert svcq("verify").code == 2
    assert svcq("verify", "沒有.zip").code == 2
    assert svcq("lock").code == 2
    assert svcq("lock", "--list").code == 2
    new_folder(Path())
    assert "還沒有定案的結果" in svcq("verify").err
    assert "還沒有可以定案的結果" in svcq("lock").err


def test_what_was_merged_with_more_than_the_plan_says_is_not_frozen(here: Path, svcq: Run) -> None:
    assert svcq("merge", "--deadline", "105年1月1日").code == 1
    ran = svcq("lock")
    assert ran.code == 2
    assert "彙整時另加了選項的，請把那些值寫在考核計畫內" in ran.err


def test_from_elsewhere_and_from_within_results_are_called_alike(here: Path, svcq: Run) -> None:
    within = Path("結果/考核結果統計表.xlsx").read_bytes()
    shutil.rmtree("結果")
    svcq("-C", Path().absolute(), "merge")
    assert Path("結果/考核結果統計表.xlsx").read_bytes() == within
    shutil.rmtree("結果")
    svcq("-C", f"../{Path().absolute().name}", "merge")
    assert Path("結果/考核結果統計表.xlsx").read_bytes() == within


def test_unlock_is_for_a_folder(svcq: Run) -> None:
    units, inbox = sample("A01", "xlsx").parents[1] / "units.csv", sample("A01", "xlsx")
    ran = svcq(
        *("merge", inbox, "--rubric", "wra-105", "--units", units, "--out", "a.xlsx"),
        *("--unlock", "理由"),
    )
    assert ran.code == 2
    assert "只用於考核資料夾" in ran.err
