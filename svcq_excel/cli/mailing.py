"""What becomes of letters, on the screen and as JSON: listed, shown, laid as drafts, sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from svcq_excel.assessment.letters_sent import STATE_WORDS
from svcq_excel.assessment.mailing.post import Post
from svcq_excel.assessment.mailing.settings import drafts_account, sender_of, smtp_account
from svcq_excel.cli.console import progress, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.letters.drafts import ARCHIVE, write_drafts
from svcq_excel.letters.journal import Journal, Sent, sent_in
from svcq_excel.letters.letter import OCCASIONS, Letter
from svcq_excel.letters.sending import Delivery, Fate, Sender
from svcq_excel.letters.smtp import CannotConnectError
from svcq_excel.text.roc_dates import roc_moment
from svcq_excel.text.visible import visible

if TYPE_CHECKING:
    from svcq_excel.plan.matters import Mailing

_FATES: dict[Fate, str] = {
    "sent": "已寄出",
    "sent before": "先前已寄",
    "refused": "未寄達",
    "unclear": "狀況不明",
    "too large": "太大",
    "without address": "沒有電子郵件",
}
ALL = "all"


class How(Protocol):
    """What a call asks to be done."""

    @property
    def out(self) -> Path: ...
    @property
    def mailing(self) -> Mailing: ...
    @property
    def show(self) -> str | None: ...
    @property
    def drafts(self) -> str | None: ...
    @property
    def zipped(self) -> bool: ...
    @property
    def again(self) -> tuple[str, ...]: ...
    @property
    def as_json(self) -> bool: ...
    @property
    def quiet(self) -> bool: ...


def shown_whole(post: Post, how: How) -> ExitCode:
    """One letter, as its unit gets it."""
    wanted = [each for each in post.letters if each.unit == how.show]
    if not wanted:
        reasons = [each.reason for each in post.without if each.unit.code == how.show]
        said = reasons[0] if reasons else "請核對編號"
        raise click.UsageError(f"沒有給「{how.show}」的信：{said}。")
    for letter in wanted:
        if how.as_json:
            show_json({**_entry(letter, None, {}), "body": letter.body})
            continue
        show(f"收件人：{'、'.join(letter.to)}")
        if letter.cc:
            show(f"副本：{'、'.join(letter.cc)}")
        show(f"主旨：{letter.subject}")
        for attachment in letter.attachments:
            show(f"附件：{attachment.name}")
        show("")
        show(letter.body)
    return ExitCode.WELL


def listed(post: Post, how: How) -> ExitCode:
    """What there is to send, and what was sent before."""
    sent = _sent(how.out)
    if how.as_json:
        show_json(_document(post, {}, sent))
    else:
        for letter in post.letters:
            before = sent.get(letter.key)
            state = _state(before) if before else "尚未寄送"
            show(visible(f"{letter.unit} {letter.unit_name}　{'、'.join(letter.to)}　{state}"))
        _say_without(post, how.quiet)
    return _code(post)


def drafted(post: Post, how: How) -> ExitCode:
    """As files, or in the account's folder of drafts."""
    if how.drafts == "imap":
        return _laid(post, how)
    folder = _folder(post, how)
    written = write_drafts(post.letters, folder, how.zipped) if folder else {}
    if how.as_json:
        show_json(_document(post, written, _sent(how.out)))
        return _code(post)
    if folder:
        show(str(folder))
        say(
            f"已製作 {len(written)} 封信的草稿，以郵件程式開啟、看過後寄出"
            + (f"；全部草稿另見「{ARCHIVE}」" if how.zipped else "")
            + "。",
            how.quiet,
        )
    else:
        say("沒有需要寄的信。", how.quiet)
    _say_without(post, how.quiet)
    return _code(post)


def _laid(post: Post, how: How) -> ExitCode:
    from svcq_excel.letters.imap import lay_drafts

    laid = 0
    with progress("放入草稿", how.quiet or how.as_json) as report:
        letters = lay_drafts(post.letters, drafts_account(how.mailing))
        for done, (_, new) in enumerate(letters, start=1):
            laid += new
            report(done, len(post.letters))
    if how.as_json:
        show_json(_document(post, {}, _sent(how.out)))
    before = len(post.letters) - laid
    say(
        f"已放入信箱的「草稿」{laid} 封"
        + (f"，另有 {before} 封先前已放入" if before else "")
        + "。",
        how.quiet or how.as_json,
    )
    _say_without(post, how.quiet or how.as_json)
    return _code(post)


def delivered(post: Post, how: How, contact_address: str) -> ExitCode:
    """Sent, each once; what could not be is said with the server's own words."""
    account = smtp_account(how.mailing)
    sender = Sender(account, sender_of(how.mailing, contact_address))
    again = {each.unit for each in post.letters} if ALL in how.again else {*how.again}
    found: list[Delivery] = []
    with Journal(how.out) as journal, progress("寄信", how.quiet or how.as_json) as report:
        try:
            for done, each in enumerate(sender.send(post.letters, journal, again), start=1):
                found.append(each)
                report(done, len(post.letters))
        except CannotConnectError as error:
            _tell(post, found, how)
            say(f"{error}。其餘的信尚未寄送；排除後再執行一次，已寄出的不會重複。")
            return ExitCode.FAULT
    _tell(post, found, how)
    troubled = any(each.fate not in {"sent", "sent before"} or each.refused for each in found)
    return ExitCode.A_PERSON_IS_NEEDED if troubled else _code(post)


def _tell(post: Post, found: Sequence[Delivery], how: How) -> None:
    if how.as_json:
        show_json(_document(post, {}, _sent(how.out)))
        return
    for each in found:
        if told := _told(each):
            show(visible(f"{each.letter.unit} {each.letter.unit_name}　{told}"))
    counts = {fate: sum(each.fate == fate for each in found) for fate in _FATES}
    said = "、".join(f"{_FATES[fate]} {n} 封" for fate, n in counts.items() if n)
    say(f"寄信結果：{said or '沒有需要寄的信'}。", how.quiet)
    _say_without(post, how.quiet)


def _told(each: Delivery) -> str:
    """What a person has to know or do; "" where all is well."""
    unit = each.letter.unit
    if each.fate == "unclear":
        when = f"{roc_moment(each.at)} " if each.at else ""
        return (
            f"狀況不明：{when}交付時連線中斷，可能已經寄達。請向單位或寄件備份查明；"
            f"確定沒有寄達時，加上 --again {unit} 再寄"
        )
    if each.fate == "refused":
        return f"未寄達，郵件伺服器答覆：{each.said}"
    if each.fate == "too large":
        return f"信件超過郵件伺服器的上限（{each.said}），請改以其他方式寄送附件"
    if each.refused:
        return "；".join(f"已寄出，但 {who} 被退回：{said}" for who, said in each.refused)
    return ""


def _sent(folder: Path) -> Mapping[str, Sent]:
    """The last attempt at each letter."""
    return {each.key: each for each in sent_in(folder)}


def _state(before: Sent) -> str:
    return f"{roc_moment(before.at)} {STATE_WORDS[before.state]}"


def _folder(post: Post, how: How) -> Path | None:
    occasion = next((each.occasion for each in post.letters), None)
    return how.out / OCCASIONS[occasion] if occasion else None


def _say_without(post: Post, quiet: bool) -> None:
    for each in post.without:
        say(visible(f"沒有信件　{each.unit.code} {each.unit.name}：{each.reason}"), quiet)


def _code(post: Post) -> ExitCode:
    return ExitCode.A_PERSON_IS_NEEDED if post.without else ExitCode.WELL


def _document(
    post: Post, written: Mapping[Path, Letter], sent: Mapping[str, Sent]
) -> dict[str, object]:
    paths = {id(letter): path.as_posix() for path, letter in written.items()}
    return {
        "mails": [_entry(each, paths.get(id(each)), sent) for each in post.letters],
        "without": [{"unit": each.unit.code, "reason": each.reason} for each in post.without],
    }


def _entry(letter: Letter, path: str | None, sent: Mapping[str, Sent]) -> dict[str, object]:
    before = sent.get(letter.key)
    return {
        "unit": letter.unit,
        "to": [*letter.to],
        "cc": [*letter.cc],
        "subject": letter.subject,
        "path": path,
        "attachments": [each.name for each in letter.attachments],
        "sent": before.at.isoformat() if before and before.state == "sent" else None,
    }
