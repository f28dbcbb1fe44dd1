"""Letters sent, each once: what may have arrived is asked about, what was refused is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from svcq_excel.assessment.mailing.post import Post
from svcq_excel.assessment.mailing.settings import sender_of, smtp_account
from svcq_excel.cli.console import is_watched, progress, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.letters.how import How
from svcq_excel.cli.letters.listing import asked_again, code_of, document, say_without
from svcq_excel.letters.journal import Journal
from svcq_excel.letters.sending import Delivery, Fate, Sender
from svcq_excel.letters.smtp import CannotConnectError
from svcq_excel.output import OutputBlockedError
from svcq_excel.text.roc_dates import roc_moment
from svcq_excel.text.visible import visible

_FATES: dict[Fate, str] = {
    "sent": "已寄出",
    "sent before": "先前已寄",
    "refused": "未寄達",
    "unclear": "狀況不明",
    "too large": "太大",
    "without address": "沒有電子郵件",
}
_ARRIVED, _NOT_ARRIVED, _LATER = "1", "2", "3"


def delivered(post: Post, how: How, contact_address: str) -> ExitCode:
    """Sent, each once; what could not be is said with the server's own words."""
    account, again = smtp_account(how.mailing), asked_again(post, how)
    sender = Sender(account, sender_of(how.mailing, contact_address))
    found: list[Delivery] = []
    with Journal(how.out) as journal:
        how, again = _asked(post, how, journal, {*again})
        for letter in post.letters:
            if letter.unit in how.arrived:
                journal.arrived(letter.key)
        try:
            with progress("寄信", how.silent) as report:
                for done, each in enumerate(sender.send(post.letters, journal, again), start=1):
                    found.append(each)
                    report(done, len(post.letters))
        except CannotConnectError as error:
            _tell(post, found, how)
            say(f"{error}。其餘的信尚未寄送；排除後再執行一次，已寄出的不會重複。")
            return ExitCode.FAULT
        except OutputBlockedError:
            _tell(post, found, how)
            raise
    _tell(post, found, how)
    troubled = any(each.fate not in {"sent", "sent before"} or each.refused for each in found)
    return ExitCode.A_PERSON_IS_NEEDED if troubled else code_of(post)


def _asked(post: Post, how: How, journal: Journal, again: set[str]) -> tuple[How, set[str]]:
    """At a terminal, what became of letters of which nobody knows: whoever sits there decides."""
    if how.silent or not is_watched(sys.stdin):
        return how, again
    arrived = {*how.arrived}
    for letter in post.letters:
        before = journal.last(letter.key)
        if before and before.state == "begun" and letter.unit not in again | arrived:
            say(
                visible(
                    f"{letter.unit} {letter.unit_name}的信於{roc_moment(before.at)}交付郵件伺服器時"
                    "中斷，可能已經寄達。請向單位或寄件備份查明："
                )
            )
            say(f"　{_ARRIVED} 已經寄達　{_NOT_ARRIVED} 沒有寄達，再寄一次　{_LATER} 尚未查明")
            choices = click.Choice([_ARRIVED, _NOT_ARRIVED, _LATER])
            answer = click.prompt("請選擇", type=choices, default=_LATER, err=True)
            if answer == _ARRIVED:
                arrived.add(letter.unit)
            elif answer == _NOT_ARRIVED:
                again.add(letter.unit)
    return replace(how, arrived=tuple(sorted(arrived))), again


def _tell(post: Post, found: Sequence[Delivery], how: How) -> None:
    if how.as_json:
        show_json(document(post, {}, how))
        return
    for each in found:
        if told := _told(each):
            show(visible(f"{each.letter.unit} {each.letter.unit_name}　{told}"))
    counts = {fate: sum(each.fate == fate for each in found) for fate in _FATES}
    said = "、".join(f"{_FATES[fate]} {n} 封" for fate, n in counts.items() if n)
    say(f"寄信結果：{said or '沒有需要寄的信'}。", how.quiet)
    say_without(post, how.quiet)


def _told(each: Delivery) -> str:
    """What a person has to know or do; "" where all is well."""
    unit = each.letter.unit
    if each.fate == "unclear":
        when = f"{roc_moment(each.at)} " if each.at else ""
        return (
            f"狀況不明：{when}交付時連線中斷，可能已經寄達。請向單位或寄件備份查明；"
            f"沒有寄達時，加上 --again {unit} 再寄；已經寄達時，加上 --arrived {unit}"
        )
    if each.fate == "refused":
        return f"未寄達，郵件伺服器答覆：{each.said}"
    if each.fate == "too large":
        return f"信件超過郵件伺服器的上限（{each.said}），請改以其他方式寄送附件"
    if each.refused:
        return "；".join(f"已寄出，但 {who} 被退回：{said}" for who, said in each.refused)
    return ""
