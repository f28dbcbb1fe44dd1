"""What the plan says of letters, understood: their texts, the account, what units are told."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.assessment.mailing.notifying import Telling
from svcq_excel.definition import DefinitionError, Problem, problem_of
from svcq_excel.letters.account import Account, Security
from svcq_excel.letters.letter import OCCASIONS, Occasion
from svcq_excel.letters.templates import Template
from svcq_excel.letters.wording import FIELDS
from svcq_excel.plan.lists.cells import LONG_TEXT
from svcq_excel.plan.lists.list_file import SheetOf
from svcq_excel.plan.lists.roster import clashes, verify
from svcq_excel.plan.lists.table import Table, read_table
from svcq_excel.plan.matters import Mailing, is_yes
from svcq_excel.text.mail_addresses import addresses_in
from svcq_excel.text.roc_dates import parse_deadline

LETTER, SUBJECT = "信件", "主旨"
MEMBERS_TOLD = "通知各考核人員評分"

_SECURITIES: dict[str, Security] = {"STARTTLS": "starttls", "TLS": "tls", "不加密": "none"}
_ADDRESS = "請更正，例如 name@example.gov.tw"


def read_templates(source: SheetOf) -> dict[Occasion, Template]:
    """The texts of the sheet 信件. Raises DefinitionError with every problem, by its cell."""
    table = read_table(source, (LETTER, SUBJECT, LONG_TEXT))
    verify(table, clashes(table, LETTER), _unclear(table))
    by_word = {word: occasion for occasion, word in OCCASIONS.items()}
    return {
        by_word[letter]: Template(subject, body)
        for letter, subject, body in (row.texts for row in table.rows)
        if subject and body
    }


def _unclear(table: Table) -> Iterator[Problem]:
    by_word = {word: occasion for occasion, word in OCCASIONS.items()}
    for row in table.rows:
        letter, subject, body = row.texts
        if letter not in by_word:
            fix = f"請填{'、'.join(by_word)}其中之一"
            yield table.problem(f"不認得信件「{letter}」", fix, row.number, LETTER)
            continue
        if bool(subject) != bool(body):
            lacking = LONG_TEXT if subject else SUBJECT
            message, fix = f"「{letter}」沒有{lacking}", "請補上；兩欄都留白則用內附的文字"
            yield table.problem(message, fix, row.number, lacking)
        known = FIELDS[by_word[letter]]
        for part, said, near in Template(subject, body).unknown(known):
            guess = f"請改為 {{{near}}}" if near else f"可用的欄位：{'、'.join(known)}"
            yield table.problem(f"{part}的 {said} 不是可用的欄位", guess, row.number, part)


def telling_of(mailing: Mailing) -> Telling:
    """Raises DefinitionError."""
    problems: list[Problem] = []
    until, let = mailing.appeal_by or "", dict[str, bool]()
    for name, said in (("通知名次", mailing.ranks), (MEMBERS_TOLD, mailing.members)):
        try:
            let[name] = is_yes(said, name)
        except DefinitionError as error:
            problems.extend(error.problems)
    if until and not parse_deadline(until):
        message, fix = f"申復期限「{until}」不是日期", "請寫成 105年11月30日"
        problems.append(problem_of(mailing.appeal_by, "申復期限", message, fix))
    if problems:
        raise DefinitionError(problems)
    return Telling(
        let["通知名次"], let[MEMBERS_TOLD], until, (mailing.appeal_how or "").rstrip("。")
    )


def copies_of(mailing: Mailing) -> tuple[str, ...]:
    """副本收件人. Raises DefinitionError."""
    good, bad = addresses_in(mailing.copy_to or "")
    if bad:
        message = f"副本收件人「{bad[0]}」不是電子郵件地址"
        raise DefinitionError([problem_of(mailing.copy_to, "副本收件人", message, _ADDRESS)])
    return tuple(good)


def smtp_account(mailing: Mailing) -> Account:
    """Raises DefinitionError where it is not said, or not rightly."""
    if not mailing.host:
        fix = "請在「計畫」填寄件伺服器，或以 --smtp-host 指定；也可以不加 --send，只製作草稿"
        raise DefinitionError([Problem("寄件伺服器", "沒有指定寄件伺服器", fix)])
    return Account("smtp", mailing.host, _security(mailing), mailing.user or "", _port(mailing))


def drafts_account(mailing: Mailing) -> Account:
    """Raises DefinitionError where it is not said."""
    if not (mailing.drafts_host and (user := mailing.drafts_user or mailing.user)):
        fix = "請在「計畫」填草稿伺服器及草稿帳號，或以 --imap-host、--imap-user 指定"
        raise DefinitionError([Problem("草稿伺服器", "沒有指定草稿伺服器或帳號", fix)])
    host, _, port = mailing.drafts_host.partition(":")
    security: Security = "tls" if not port or port == "993" else "starttls"
    return Account("imap", host, security, user, int(port) if port.isdecimal() else None)


def sender_of(mailing: Mailing, contact_address: str) -> str:
    """寄件地址. Raises DefinitionError where there is none."""
    said = mailing.sender or contact_address
    good, bad = addresses_in(said)
    if len(good) != 1 or bad:
        message = f"寄件地址「{said}」不是一個電子郵件地址" if said else "沒有寄件地址"
        fix = "請在「計畫」填寄件地址或聯絡電子郵件，或以 --from 指定"
        raise DefinitionError([problem_of(mailing.sender, "寄件地址", message, fix)])
    return good[0]


def _security(mailing: Mailing) -> Security:
    said = (mailing.security or "STARTTLS").strip()
    for word, security in _SECURITIES.items():
        if said.casefold() in {word.casefold(), security}:
            return security
    message = f"寄件加密方式「{said}」無法辨識"
    fix = "請填 STARTTLS、TLS 或 不加密"
    raise DefinitionError([problem_of(mailing.security, "寄件加密方式", message, fix)])


def _port(mailing: Mailing) -> int | None:
    said = (mailing.port or "").strip()
    if said and not (said.isdecimal() and 0 < int(said) < 65536):
        fix = "請填數字，例如 587"
        message = f"寄件連接埠「{said}」不是連接埠"
        raise DefinitionError([problem_of(mailing.port, "寄件連接埠", message, fix)])
    return int(said) if said else None
