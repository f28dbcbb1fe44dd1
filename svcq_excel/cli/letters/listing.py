"""Letters on the screen and as JSON: which there are, one of them whole, who gets none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import click

from svcq_excel.assessment.letters_sent import STATE_WORDS
from svcq_excel.assessment.mailing.post import Post, Writer
from svcq_excel.cli.console import say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.letters.how import How
from svcq_excel.letters.journal import Sent, sent_in
from svcq_excel.letters.letter import Letter
from svcq_excel.text.roc_dates import roc_moment
from svcq_excel.text.visible import visible

ALL = "all"
_NAMED = 8
"""Units that a line names of those without a letter; of more it says how many."""


def shown_whole(post: Post, how: How) -> ExitCode:
    """One letter, as its unit gets it."""
    wanted = [each for each in post.letters if each.unit == how.show]
    if not wanted:
        reasons = [each.reason for each in post.without if each.unit.code == how.show]
        said = reasons[0] if reasons else "請核對編號"
        raise click.UsageError(f"沒有給「{how.show}」的信：{said}。")
    for letter in wanted:
        if how.as_json:
            show_json({**_entry(letter, None, ()), "body": letter.body})
            continue
        show(f"收件人：{'、'.join(letter.to)}")
        if letter.cc:
            show(f"副本：{'、'.join(letter.cc)}")
        show(f"主旨：{letter.subject}")
        for attachment in letter.attachments:
            show(f"附件：{attachment.name}")
        show("")
        show("\n".join(map(visible, letter.body.splitlines())))
    return ExitCode.WELL


def listed(post: Post, how: How, writer: Writer) -> ExitCode:
    """What there is to send, and what was sent before to whom and when."""
    if how.as_json:
        show_json(document(post, {}, how))
        return code_of(post)
    attempts = by_letter(how.out)
    again = asked_again(post, how)
    for letter in post.letters:
        before = attempts.get(letter.key, ())
        state = "、".join(map(_state, before)) or "尚未寄送"
        will = f"　{_will(letter, before, again, how)}" if how.dry_run else ""
        show(visible(f"{letter.unit} {letter.unit_name}　{'、'.join(letter.to)}　{state}{will}"))
    _show_done_with(post, how, writer)
    say_without(post, how.quiet)
    return code_of(post)


def _will(letter: Letter, before: Sequence[Sent], again: Collection[str], how: How) -> str:
    """What a sending would do with it."""
    last = before[-1].state if before else ""
    if letter.unit in again or last not in {"sent", "begun"}:
        return "→ 會寄出"
    if last == "sent" or letter.unit in how.arrived:
        return "→ 不再寄"
    return "→ 狀況不明，會先詢問"


def _show_done_with(post: Post, how: How, writer: Writer) -> None:
    """Who got such a letter and needs none now: was reminded, and has handed in since."""
    now = {each.unit for each in post.letters}
    sent: defaultdict[str, list[Sent]] = defaultdict(list)
    for each in sent_in(how.out):
        if (each.occasion, each.round) == (writer.occasion, writer.this_round):
            sent[each.unit].append(each)
    for unit in writer.plan.units:
        if unit.code in sent and unit.code not in now:
            told = "、".join(map(_state, sent[unit.code]))
            show(visible(f"{unit.code} {unit.name}　{told}　現已不必寄"))


def by_letter(folder: Path) -> Mapping[str, Sequence[Sent]]:
    """All attempts at each letter, by its key."""
    found: defaultdict[str, list[Sent]] = defaultdict(list)
    for each in sent_in(folder):
        found[each.key].append(each)
    return found


def asked_again(post: Post, how: How) -> Collection[str]:
    """Units that get their letter once more. Raises UsageError for one that is to get none."""
    there = {each.unit for each in post.letters}
    strange = [each for each in (*how.again, *how.arrived) if each not in {*there, ALL}]
    if strange:
        raise click.UsageError(f"沒有給「{strange[0]}」的信，請核對編號。")
    return there if ALL in how.again else {*how.again}


def say_without(post: Post, quiet: bool) -> None:
    """Who gets no letter, a line a reason; and what else there is to know."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for each in post.without:
        by_reason[each.reason].append(f"{each.unit.code} {each.unit.name}")
    for reason, units in by_reason.items():
        more = f"等 {len(units)} 個單位" if len(units) > _NAMED else ""
        say(visible(f"沒有信件　{'、'.join(units[:_NAMED])}{more}：{reason}"), quiet)
    for note in post.notes:
        say(visible(f"請注意　{note}。"), quiet)


def code_of(post: Post) -> ExitCode:
    return ExitCode.A_PERSON_IS_NEEDED if post.without else ExitCode.WELL


def document(post: Post, written: Mapping[Path, Letter], how: How) -> dict[str, object]:
    paths = {id(letter): path.as_posix() for path, letter in written.items()}
    sent = by_letter(how.out)
    return {
        "mails": [
            _entry(each, paths.get(id(each)), sent.get(each.key, ())) for each in post.letters
        ],
        "without": [{"unit": each.unit.code, "reason": each.reason} for each in post.without],
        "notes": [*post.notes],
    }


def _entry(letter: Letter, path: str | None, attempts: Sequence[Sent]) -> dict[str, object]:
    last = attempts[-1] if attempts else None
    return {
        "unit": letter.unit,
        "to": [*letter.to],
        "cc": [*letter.cc],
        "subject": letter.subject,
        "path": path,
        "attachments": [each.name for each in letter.attachments],
        "sent": last.at.isoformat() if last and last.state == "sent" else None,
        "attempts": [{"at": each.at.isoformat(), "state": each.state} for each in attempts],
    }


def _state(before: Sent) -> str:
    return f"{roc_moment(before.at)} {STATE_WORDS[before.state]}"
