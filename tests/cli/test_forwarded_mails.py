"""Mails in an inbox: the outermost counts, but for what the office itself forwarded."""

from __future__ import annotations

import csv
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES, UNITS, Run

FORM = next((SAMPLES / "returned").glob("A01*"))
CALL = ("merge", "收件", "--rubric", "wra-105", "--units", UNITS, "--out", "結果/表.xlsx")
DUE = ("--deadline", "105年7月31日")
EARLY, LATE = "Fri, 29 Jul 2016 10:00:00 +0800", "Fri, 05 Aug 2016 10:00:00 +0800"


@pytest.fixture(autouse=True)
def _inbox(svcq: Run) -> None:
    Path("收件").mkdir()
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Date"] = "a01@example.gov.tw", EARLY
    inner.add_attachment(FORM.read_bytes(), "application", "octet-stream", filename=FORM.name)
    outer["From"], outer["Date"] = "chen@example.com", LATE
    outer.add_attachment(inner)
    Path("收件/轉寄.eml").write_bytes(bytes(outer))


def form_in(document: Any) -> Any:
    return document["files"][-1]


def codes(file: Any) -> set[str]:
    return {violation["code"] for violation in file["violations"]}


def receipts() -> list[list[str]]:
    with Path("結果/表_收件紀錄.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_what_a_stranger_forwards_came_when_he_sent_it_and_both_are_told(svcq: Run) -> None:
    file = form_in(svcq(*CALL, *DUE, "--json").document)
    assert {"late-submission", "mail-in-mail"} <= codes(file)
    assert file["received"] == "2016-08-05T10:00:00+08:00"
    (told,) = (v["message"] for v in file["violations"] if v["code"] == "mail-in-mail")
    assert "由「chen@example.com」於 105年8月5日 10:00 寄出" in told
    assert "由「a01@example.gov.tw」於 105年7月29日 10:00 寄出" in told
    beside = "chen@example.com（所附郵件：a01@example.gov.tw，105年7月29日 10:00）"
    assert receipts()[-1][7] == beside


def test_what_the_office_forwarded_came_when_it_was_sent_to_it(svcq: Run) -> None:
    """Told by an option or by the plan, and whatever an earlier run remembers."""
    assert "late-submission" in codes(form_in(svcq(*CALL, *DUE, "--json").document))
    Path("計畫.yaml").write_text("email: Chen@Example.com\n", "utf-8")
    Path("另.yaml").write_text("office_address: svc@example.com; chen@example.com\n", "utf-8")
    options = [("--office-address", "CHEN@example.com"), ("--plan", "計畫.yaml")]
    for option in (*options, ("--plan", "另.yaml")):
        file = form_in(svcq(*CALL, *DUE, *option, "--json").document)
        assert not codes(file) & {"late-submission", "mail-in-mail"}
        assert file["received"] == "2016-07-29T10:00:00+08:00"
        assert receipts()[-1][7] == "a01@example.gov.tw（由 chen@example.com 轉寄）"


def test_an_address_that_can_be_none_is_a_wrong_call(svcq: Run) -> None:
    ran = svcq(*CALL, "--office-address", "本署信箱")
    assert ran.code == 2
    assert "「本署信箱」不是電子郵件地址" in ran.err
    assert not Path("結果").exists()
