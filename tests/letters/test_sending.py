"""Against a real SMTP server on loopback: each letter once, whatever it does at any step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.letters.account import SMTP_PASSWORD, Account, Security
from svcq_excel.letters.journal import Journal, sent_in
from svcq_excel.letters.letter import Attachment, Letter
from svcq_excel.letters.sending import PAUSES, Delivery, Sender
from svcq_excel.letters.smtp import CannotConnectError
from svcq_excel.output import OutputBlockedError
from tests.letters.servers import Office, accepting, certificate, port_of, served

WHEN = datetime(2016, 7, 31, 9, 0, tzinfo=UTC)


def letters(count: int = 3) -> list[Letter]:
    return [
        Letter(
            "announce",
            "105年度上半年",
            f"A{at:02}",
            f"第{at}河川局",
            (f"a{at}@example.gov.tw",),
            f"檢送評分表（第{at}河川局）",
            "受文者：\n主旨：請查照。",
            (Attachment(f"A{at:02}_評分表.xlsx", b"PK" + bytes([at])),),
        )
        for at in range(1, count + 1)
    ]


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def port(office: Office) -> Iterator[int]:
    controller = served(office)
    yield port_of(controller)
    controller.stop()


class Run:
    """Sends with a clock that does not wait, and notes for how long it would have."""

    def __init__(self, port: int, folder: Path) -> None:
        self.account = Account("smtp", "127.0.0.1", "none", port=port)
        self.folder, self.slept = folder, list[float]()

    def send(self, given: list[Letter], again: tuple[str, ...] = ()) -> list[Delivery]:
        sender = Sender(
            self.account,
            "office@example.gov.tw",
            per_minute=20,
            now=lambda: WHEN,
            sleep=self.slept.append,
        )
        with Journal(self.folder) as journal:
            return list(sender.send(given, journal, again))

    def fates(self, given: list[Letter], again: tuple[str, ...] = ()) -> list[str]:
        return [each.fate for each in self.send(given, again)]


@pytest.fixture
def run(port: int, tmp_path: Path) -> Run:
    return Run(port, tmp_path / "信件")


def test_each_unit_gets_its_letter_once(run: Run, office: Office) -> None:
    assert run.fates(letters()) == ["sent"] * 3
    assert [each.recipients for each in office.taken] == [
        [f"a{n}@example.gov.tw"] for n in (1, 2, 3)
    ]
    assert {each.sender for each in office.taken} == {"office@example.gov.tw"}


def test_the_second_sending_of_the_same_letters_sends_nothing(run: Run, office: Office) -> None:
    run.send(letters())
    assert run.fates(letters()) == ["sent before"] * 3
    assert len(office.taken) == 3


def test_a_unit_that_is_named_gets_its_letter_again(run: Run, office: Office) -> None:
    run.send(letters())
    assert run.fates(letters(), again=("A02",)) == ["sent before", "sent", "sent before"]
    assert len(office.taken) == 4


def test_what_goes_out_once_more_is_no_duplicate_to_a_server_and_what_is_tried_again_is(
    run: Run, office: Office
) -> None:
    office.answers = lambda at, what, before: (
        "451 later" if at == "DATA" and not before else "take and cut" if before == 1 else None
    )
    run.send(letters(1))
    office.answers = lambda at, what, before: None
    for _ in range(3):
        run.send(letters(1), again=("A01",))
    ids = [message_from_bytes(each.content)["Message-ID"] for each in office.taken]
    assert len(ids) == 4
    assert ids[0] == ids[1]  # it may have arrived: then this one is dropped
    assert len({*ids[1:]}) == 3


def test_a_letter_of_other_words_about_the_same_is_the_same_letter(
    run: Run, office: Office
) -> None:
    run.send(letters(1))
    changed = Letter("announce", "105年度上半年", "A01", "一", ("x@example.gov.tw",), "又", "又")
    assert run.fates([changed]) == ["sent before"]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_what_is_refused_for_good_holds_up_nobody_else(run: Run, office: Office, step: str) -> None:
    asked = list[str]()

    def no_to_the_second(at: str, what: str, before: int) -> str | None:
        if at == step:
            asked.append(what)
        wrong = len(asked) == 2 if step == "MAIL" else what == "a2@example.gov.tw"
        return "550 no such user" if at == step and wrong else None

    office.answers = no_to_the_second
    found = run.send(letters())
    assert [each.fate for each in found] == ["sent", "refused", "sent"]
    assert "no such user" in found[1].said
    assert len(office.taken) == 2
    assert [each.state for each in sent_in(run.folder)] == ["sent", "refused", "sent"]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_what_is_refused_for_a_while_is_tried_again_after_growing_pauses(
    run: Run, office: Office, step: str
) -> None:
    office.answers = lambda at, what, before: (
        "451 greylisted" if at == step and what == "a2@example.gov.tw" and before < 2 else None
    )
    assert run.fates(letters()) == ["sent", "sent", "sent"]
    assert len(office.taken) == 3
    waited = [each for each in run.slept if each in PAUSES]
    assert waited == list(PAUSES[:2])


def test_who_is_refused_for_ever_a_while_is_told_in_the_end(run: Run, office: Office) -> None:
    office.answers = lambda at, what, before: "451 later" if what == "a1@example.gov.tw" else None
    found = run.send(letters(2))
    assert [each.fate for each in found] == ["refused", "sent"]
    assert "later" in found[0].said


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_a_connection_that_breaks_before_the_letter_is_out_is_made_again(
    run: Run, office: Office, step: str
) -> None:
    what = "office@example.gov.tw" if step == "MAIL" else "a1@example.gov.tw"
    office.answers = lambda at, said, before: (
        "cut" if at == step and said == what and not before else None
    )
    assert run.fates(letters(2)) == ["sent", "sent"]
    assert len(office.taken) == 2


@pytest.mark.parametrize("cut, arrived", [("cut", 0), ("take and cut", 1)])
def test_a_letter_that_may_have_arrived_is_asked_about_and_not_sent_again(
    run: Run, office: Office, cut: str, arrived: int
) -> None:
    office.answers = lambda at, what, before: (
        cut if at == "DATA" and what == "a1@example.gov.tw" and not before else None
    )
    assert run.fates(letters(2)) == ["unclear", "sent"]
    assert run.fates(letters(2)) == ["unclear", "sent before"]
    assert len(office.taken) == arrived + 1
    assert run.fates(letters(2), again=("A01",)) == ["sent", "sent before"]


def test_one_of_two_addresses_that_is_refused_is_told_beside_the_other(
    run: Run, office: Office
) -> None:
    office.answers = lambda at, what, before: "550 gone" if what.startswith("old") else None
    two = Letter(
        "remind", "105", "A01", "一", ("old@example.gov.tw", "new@example.gov.tw"), "題", "文"
    )
    (found,) = run.send([two])
    assert (found.fate, found.refused) == ("sent", (("old@example.gov.tw", "gone"),))
    assert office.taken[0].recipients == ["new@example.gov.tw"]


def test_a_unit_without_an_address_is_said(run: Run) -> None:
    nobody = Letter("announce", "105", "A09", "無址單位", (), "題", "文")
    assert run.fates([nobody]) == ["without address"]


def test_letters_are_not_sent_faster_than_said(run: Run) -> None:
    run.send(letters())
    assert run.slept == [3.0, 3.0]


def test_a_letter_larger_than_the_server_takes_is_said_and_not_sent(
    office: Office, tmp_path: Path
) -> None:
    controller = served(office, data_size_limit=20_000)
    try:
        large = Letter(
            "announce", "1", "A01", "一", ("a@b.tw",), "題", "文", (Attachment("x", bytes(30_000)),)
        )
        found = Run(port_of(controller), tmp_path).send([large, *letters(1)])
    finally:
        controller.stop()
    assert [each.fate for each in found] == ["too large", "sent"]
    assert found[0].said == "0.0 MB"


def test_two_runs_at_once_do_not_send_twice(run: Run) -> None:
    with Journal(run.folder), pytest.raises(OutputBlockedError, match="另一個視窗正在寄送"):
        Journal(run.folder)


def test_a_disk_that_fills_up_before_a_letter_stops_and_after_it_is_asked_about(
    run: Run, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(run.folder) as journal:
        journal._base.execute("PRAGMA max_page_count = 2")
        far = Letter("remind", "105", "A01", "一", (f"{'a' * 50_000}@b.tw",), "題", "文")
        with pytest.raises(OutputBlockedError, match="磁碟空間不足"):
            journal.begin(far, WHEN)
    assert not office.taken and not sent_in(run.folder)

    def full(journal: Journal, number: int, state: str, said: str = "") -> None:
        raise OutputBlockedError(run.folder, "磁碟空間不足")

    monkeypatch.setattr(Journal, "end", full)
    with pytest.raises(OutputBlockedError):
        run.send(letters(2))
    monkeypatch.undo()
    assert len(office.taken) == 1
    assert run.fates(letters(2)) == ["unclear", "sent"]


def test_a_run_that_was_broken_off_is_taken_up_where_it_was(run: Run, office: Office) -> None:
    sender = Sender(run.account, "o@example.gov.tw", now=lambda: WHEN, sleep=run.slept.append)
    with Journal(run.folder) as journal:
        going = sender.send(letters(5), journal)
        assert [next(going).fate for _ in range(2)] == ["sent"] * 2
        going.close()  # type: ignore[attr-defined]
    assert run.fates(letters(5)) == ["sent before"] * 2 + ["sent"] * 3
    assert [each.recipients for each in office.taken] == [
        [f"a{n}@example.gov.tw"] for n in range(1, 6)
    ]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_says_it_is_closing_is_reached_anew(
    run: Run, office: Office, step: str
) -> None:
    what = "office@example.gov.tw" if step == "MAIL" else "a1@example.gov.tw"
    office.answers = lambda at, said, before: (
        "421 closing" if at == step and said == what and not before else None
    )
    assert run.fates(letters(2)) == ["sent", "sent"]
    assert len(office.taken) == 2


def test_a_record_that_is_not_ours_stops_the_sending(run: Run, office: Office) -> None:
    run.folder.mkdir(parents=True)
    (run.folder / "寄送紀錄.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(OutputBlockedError, match="不是本程式的寄送紀錄"):
        run.send(letters())
    assert not office.taken and not sent_in(run.folder)


@pytest.mark.parametrize("security", ["starttls"])
def test_starttls_is_kept_to_and_certificates_are_checked(
    office: Office, tmp_path: Path, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificate(tmp_path)
    controller = served(
        office,
        context,
        strict=True,
        authenticator=accepting("office", "secret"),
        auth_required=True,
    )
    account = Account("smtp", "localhost", security, "office", port_of(controller), str(authority))
    try:
        monkeypatch.setenv(SMTP_PASSWORD, "secret")
        with Journal(tmp_path / "a") as journal:
            good = list(_sender(account).send(letters(1), journal))
        stranger = Account("smtp", "localhost", security, "office", port_of(controller))
        with Journal(tmp_path / "b") as journal, pytest.raises(CannotConnectError, match="憑證"):
            list(_sender(stranger).send(letters(1), journal))
        monkeypatch.setenv(SMTP_PASSWORD, "密碼")
        with Journal(tmp_path / "e") as journal, pytest.raises(CannotConnectError, match="中文"):
            list(_sender(account).send(letters(1), journal))
        monkeypatch.setenv(SMTP_PASSWORD, "wrong")
        with Journal(tmp_path / "c") as journal, pytest.raises(CannotConnectError, match="密碼"):
            list(_sender(account).send(letters(1), journal))
        monkeypatch.delenv(SMTP_PASSWORD)
        with Journal(tmp_path / "d") as journal, pytest.raises(DefinitionError, match="認證管理員"):
            list(_sender(account).send(letters(1), journal))
    finally:
        controller.stop()
    assert [each.fate for each in good] == ["sent"]
    assert len(office.taken) == 1


def test_a_server_without_starttls_is_not_spoken_to_in_clear(
    office: Office, port: int, tmp_path: Path
) -> None:
    account = Account("smtp", "127.0.0.1", "starttls", port=port)
    with Journal(tmp_path) as journal, pytest.raises(CannotConnectError, match="不支援"):
        list(_sender(account).send(letters(1), journal))
    assert not office.taken


def _sender(account: Account) -> Sender:
    return Sender(account, "office@example.gov.tw", now=lambda: WHEN, sleep=lambda seconds: None)
