"""Archives and mails: every file within is told as outer!inner, and forms within are read."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.faults.forms import FAMILIES, Family
from tests.faults.inbox import Inbox, Merged
from tests.inbox.containers.making import (
    attachment,
    changed,
    mail,
    msg,
    outlook_file,
    part,
    winmail,
    zipped,
    zipped_as,
)

Pack = Callable[[bytes], bytes]
PDF, TEXT = b"%PDF-1.4\n%%EOF\n", "隨函檢送。".encode()


def in_mail(data: bytes, name: str = "A01.xlsx") -> EmailMessage:
    return mail((name, data))


def forwarded(form: bytes) -> bytes:
    outer = mail()
    outer.add_attachment(in_mail(form))
    return outer.as_bytes()


def named_by(disposition: str) -> Pack:
    """A mail whose attachment's name is spelled in this way."""

    def pack(form: bytes) -> bytes:
        heads = (
            b"Content-Type: application/octet-stream\r\n"
            b"Content-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; " + disposition.encode("latin-1") + b"\r\n"
        )
        return part(heads, encodebytes(form))

    return pack


BIG5, GBK = "第一河川局.xlsx".encode("cp950"), "自评表.xlsx".encode("gbk")
# The container, and by what name the form in it has to be listed; None where any will do.
WITH_A_FORM: dict[str, tuple[Pack, str | None]] = {
    "平常.zip": (lambda form: zipped({"A01.xlsx": form}), "A01.xlsx"),
    "資料夾.zip": (lambda form: zipped({"表件/": b"", "表件/A01.xlsx": form}), "表件/A01.xlsx"),
    "往上.zip": (lambda form: zipped({"../../etc/A01.xlsx": form}), "../../etc/A01.xlsx"),
    "絕對.zip": (lambda form: zipped({"/tmp/A01.xlsx": form}), "/tmp/A01.xlsx"),
    "磁碟.zip": (lambda form: zipped({"C:\\Users\\A01.xlsx": form}), "C:/Users/A01.xlsx"),
    "保留字.zip": (lambda form: zipped({"CON.xlsx": form}), "CON.xlsx"),
    "換行.zip": (lambda form: zipped({"A01\r\nX: 1.xlsx": form}), "A01\\r\\nX: 1.xlsx"),
    "驚嘆號.zip": (lambda form: zipped({"A!01.xlsx": form}), "A!01.xlsx"),
    "大五碼.zip": (lambda form: zipped_as(BIG5, form), "第一河川局.xlsx"),
    "國標碼.zip": (lambda form: zipped_as(GBK, form), None),
    "無副檔名.zip": (lambda form: zipped({"附件": form}), "附件"),
    "無副檔名": (lambda form: zipped({"A01.xlsx": form}), "A01.xlsx"),
    "假表件.xlsx": (lambda form: zipped({"A01.xlsx": form}), "A01.xlsx"),
    "包兩層.zip": (lambda form: zipped({"內.zip": zipped({"A01.xlsx": form})}), "內.zip!A01.xlsx"),
    "郵件.zip": (lambda form: zipped({"信.eml": in_mail(form).as_bytes()}), "信.eml!A01.xlsx"),
    "郵件.eml": (lambda form: in_mail(form).as_bytes(), "A01.xlsx"),
    "壓縮.eml": (
        lambda form: in_mail(zipped({"A01.xlsx": form}), "表件.zip").as_bytes(),
        "表件.zip!A01.xlsx",
    ),
    "中文檔名.eml": (lambda form: in_mail(form, "第一河川局.xlsx").as_bytes(), "第一河川局.xlsx"),
    "轉寄.eml": (forwarded, None),
    "二○四七.eml": (named_by('filename="=?utf-8?b?6KGoLnhsc3g=?="'), "表.xlsx"),
    "二二三一.eml": (named_by("filename*=utf-8''%E8%A1%A8.xlsx"), "表.xlsx"),
    "分段.eml": (named_by("filename*0*=utf-8''%E8%A1; filename*1*=%A8.xlsx"), "表.xlsx"),
    "無檔名.eml": (named_by("size=9"), None),
    "改名.xlsx": (lambda form: in_mail(form).as_bytes(), "A01.xlsx"),
    "套件.eml": (
        lambda form: in_mail(winmail((b"A01.xlsx", form)), "winmail.dat").as_bytes(),
        "winmail.dat!A01.xlsx",
    ),
    "winmail.dat": (lambda form: winmail((b"A01.xlsx", form)), "A01.xlsx"),
    "信件.msg": (lambda form: outlook_file(msg(attachment("A01.xlsx", form))), "A01.xlsx"),
}

# Files in archives that no form can be read from, and what becomes of them.
WITHOUT: dict[str, tuple[bytes, dict[str, str]]] = {
    "設密碼.zip": (
        changed(zipped({"A01.xlsx": TEXT}), 6, 8, b"\x01\0"),
        {"A01.xlsx": "rejected password-protected"},
    ),
    "空.zip": (zipped({}), {}),
    "只有資料夾.zip": (zipped({"表件/": b""}), {}),
    "雜物.zip": (
        zipped({"說明.pdf": PDF, "__MACOSX/._A01.xlsx": b"x", "~$A01.xlsx": b"x", "空.xlsx": b""}),
        {
            "說明.pdf": "ignored",
            "__MACOSX/._A01.xlsx": "ignored",
            "~$A01.xlsx": "ignored",
            "空.xlsx": "rejected unreadable-file",
        },
    ),
    "壞檔.zip": (
        changed(zipped({"A01.xlsx": TEXT}), 14, 16, b"\0\0\0\0"),
        {"A01.xlsx": "rejected unreadable-file"},
    ),
    "怪法.zip": (
        changed(zipped({"A01.xlsx": TEXT}), 8, 10, b"\x63\0"),
        {"A01.xlsx": "rejected unreadable-file"},
    ),
    "截斷.zip": (zipped({"A01.xlsx": TEXT * 99})[:-20], {}),
    "無附件.eml": (mail().as_bytes(), {}),
    "只有說明.eml": (mail(("說明.pdf", PDF)).as_bytes(), {"說明.pdf": "ignored"}),
}
REFUSED = ("空.zip", "只有資料夾.zip", "截斷.zip", "無附件.eml")


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("containers"))
    for name, (pack, _) in WITH_A_FORM.items():
        inbox.put(name, pack(inbox.form(name, "xlsx")))
    for name, (data, _) in WITHOUT.items():
        inbox.put(name, data)
    inbox.put("三種.zip", zipped({f"表.{f}": inbox.form(f"三種.{f}", f) for f in FAMILIES}))
    same = inbox.form("同名", "xlsx")
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped([("A01.xlsx", same), ("A01.xlsx", b""), ("A01.xlsx", TEXT)])
    inbox.put("同名.zip", twice)
    return inbox.merged()


def inside(merged: Merged, name: str) -> list[str]:
    start = f"{name}!"
    return [each.removeprefix(start) for each in merged.by_name if each.startswith(start)]


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    merged.assert_round_is_sound()


@pytest.mark.parametrize("name", WITH_A_FORM)
def test_a_form_within_is_read_and_listed_by_all_the_names_that_lead_to_it(
    merged: Merged, name: str
) -> None:
    listed = WITH_A_FORM[name][1] or inside(merged, name)[-1]
    assert listed in inside(merged, name)
    assert merged.is_read_exactly(name, f"{name}!{listed}"), merged.message(f"{name}!{listed}")


@pytest.mark.parametrize("name", WITH_A_FORM)
def test_what_holds_files_is_itself_told_as_that(merged: Merged, name: str) -> None:
    assert merged.fate(name) == "ignored"
    assert "逐一列出" in merged.message(name)


@pytest.mark.parametrize("name", WITHOUT)
def test_every_other_file_within_is_told_with_its_own_fate(merged: Merged, name: str) -> None:
    fates = {each: merged.fate(f"{name}!{each}") for each in inside(merged, name)}
    assert fates == WITHOUT[name][1]
    if name in REFUSED:
        assert merged.fate(name).startswith("rejected")


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_every_format_are_read_from_an_archive(merged: Merged, family: Family) -> None:
    listed = f"三種.zip!表.{family}"
    assert merged.is_read_exactly(f"三種.{family}", listed), merged.message(listed)


def test_files_of_one_name_in_an_archive_are_told_apart(merged: Merged) -> None:
    assert inside(merged, "同名.zip") == ["A01.xlsx", "A01 (2).xlsx", "A01 (3).xlsx"]
    assert merged.is_read_exactly("同名", "同名.zip!A01.xlsx")


def test_no_name_within_an_archive_leads_anywhere_on_the_disk(merged: Merged) -> None:
    folder = merged.inbox.folder
    made = {path.name for path in folder.iterdir()}
    assert made == {"收件 夾", "結果", "單位.csv"}
    assert not list(folder.parent.glob("**/etc"))
    put = {*WITH_A_FORM, *WITHOUT, "三種.zip", "同名.zip", "好"}
    assert {path.name for path in merged.inbox.files.iterdir()} == put
