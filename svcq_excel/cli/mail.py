"""`svcq mail`: letters to the units, as drafts that a person sends, or sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from svcq_excel.cli.console import common, progress
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.folder import folder_here
from svcq_excel.cli.help_pages import Command, Group
from svcq_excel.cli.planned import CHECKING, CONCLUDING, ISSUING, RETURNING, defined, inbox, planned

if TYPE_CHECKING:
    from svcq_excel.assessment.mailing.post import Post, Writer
    from svcq_excel.cli.letters.how import How
    from svcq_excel.letters.letter import Occasion
    from svcq_excel.plan.sources import Sources

F = TypeVar("F", bound=Callable[..., Any])
_PATH = click.Path(path_type=Path)

_SERVERS = (
    ("host", "--smtp-host", "寄件伺服器，例如 smtp.example.gov.tw。"),
    ("port", "--smtp-port", "寄件連接埠；未填則依加密方式。"),
    ("security", "--smtp-security", "starttls（預設）、tls 或 none。"),
    ("user", "--smtp-user", "寄件帳號；密碼取自系統的認證管理員或環境變數 SVCQ_SMTP_PASSWORD。"),
    ("sender", "--from", "寄件地址；未填則用聯絡電子郵件。"),
    ("drafts_host", "--imap-host", "放草稿的信箱伺服器（IMAP）。"),
    ("drafts_user", "--imap-user", "該信箱的帳號；密碼另取自環境變數 SVCQ_IMAP_PASSWORD。"),
)


@click.group(cls=Group)
def mail() -> None:
    """寫信給各單位：發送表件、催繳、退請補正、通知結果；先做成草稿，看過再寄。"""


def _letters(command: F) -> F:
    """The options of every occasion, handed on as `how`."""

    @wraps(command)
    def call(*args: Any, **options: Any) -> Any:
        from svcq_excel.cli.letters.how import How
        from svcq_excel.plan.matters import Mailing

        sources: Sources = options["sources"]
        said = {name: options.pop(name) for name, _, _ in _SERVERS}
        mailing = Mailing(**said).over(sources.mailing)
        names = How.__dataclass_fields__.keys() - {"mailing"}
        given = {name: options.pop(name) for name in names}
        return command(*args, how=How(mailing=mailing, **given), **options)

    made: Any = common(call)
    for name, option, help in reversed(_SERVERS):
        made = click.option(option, name, metavar="TEXT", help=help)(made)
    more = (
        click.option("--list", "listed", is_flag=True, help="只列出各封信，不製作也不寄送。"),
        click.option("--show", metavar="UNIT", help="顯示某單位的信全文；填編號。"),
        click.option("--send", is_flag=True, help="寄出；同一封信不會寄第二次。"),
        click.option("--dry-run", is_flag=True, help="只說明會寄哪些，不製作也不寄出。"),
        click.option(
            "--drafts",
            type=click.Choice(["imap"]),
            help="imap：把信件放入信箱的「草稿」，由您在郵件程式寄出。",
        ),
        click.option("--zip", "zipped", is_flag=True, help="草稿另壓縮成一個檔案。"),
        click.option(
            "--again",
            multiple=True,
            metavar="UNIT",
            help="再寄給已寄過的單位；all 為全部。",
        ),
        click.option(
            "--arrived",
            multiple=True,
            metavar="UNIT",
            help="狀況不明的信，查明已經寄達某單位時用；不再詢問，也不再寄。",
        ),
        click.option("--out", type=_PATH, help="草稿及寄送紀錄的資料夾。在考核資料夾內可省略。"),
    )
    for each in reversed(more):
        made = each(made)
    return cast("F", made)


def _forms(command: F) -> F:
    help = "空白表件的資料夾；未指定則用考核資料夾的「空白表件」。"
    return click.option("--forms", type=_PATH, help=help)(command)


@mail.command(cls=Command)
@planned((*ISSUING, "deadline"), lambda folder: folder.letters)
@_forms
@_letters
def announce(sources: Sources, forms: Path | None, how: How) -> ExitCode:
    """發送表件：各單位的空白表件及應另附文件的格式。"""
    from svcq_excel.assessment.mailing.gathering import announce

    writer = _writer("announce", sources, how)
    forms = _place_of_forms(sources, forms)
    if forms is None:
        raise click.UsageError("請以 --forms 指定空白表件的資料夾。")
    with progress("製作信件", how.silent) as report:
        post = announce(writer, forms, report, _drafts(how), how.looks_only)
    return _done(post, how, writer, forms)


@mail.command(cls=Command)
@inbox
@planned(CHECKING, lambda folder: folder.letters)
@_forms
@_letters
def remind(inbox: tuple[Path, ...], sources: Sources, forms: Path | None, how: How) -> ExitCode:
    """催請繳交：尚未繳交，或繳交而尚未補正的單位。"""
    from svcq_excel.assessment.mailing.gathering import remind
    from svcq_excel.letters.journal import sent_in

    writer = _writer("remind", sources, how, inbox)
    forms, output = _place_of_forms(sources, forms), _results(sources, how)
    now = datetime.now().astimezone()
    with progress("讀取表件", how.silent) as report:
        earlier, drafts = sent_in(how.out), _drafts(how)
        post = remind(writer, inbox, forms, output, earlier, now, report, drafts, how.looks_only)
    return _done(post, how, writer, forms)


@mail.command("return", cls=Command)
@inbox
@planned((*RETURNING, "correction_deadline"), lambda folder: folder.letters)
@_forms
@_letters
def return_(inbox: tuple[Path, ...], sources: Sources, forms: Path | None, how: How) -> ExitCode:
    """退請補正：有錯的表件各附補正表件，信中列出應補正的事項。"""
    from svcq_excel.assessment.mailing.gathering import return_

    writer, folder = _writer("return", sources, how, inbox), folder_here()
    apart = forms is None and folder is not None
    place = folder.of(sources).corrections if forms is None and folder else forms or how.out
    with progress("讀取表件並製作補正表件", how.silent) as report:
        post = return_(writer, inbox, place, apart, report)
    return _done(post, how, writer, _place_of_forms(sources, None))


@mail.command(cls=Command)
@inbox
@planned(CONCLUDING, lambda folder: folder.letters)
@_letters
def notify(inbox: tuple[Path, ...], sources: Sources, how: How) -> ExitCode:
    """通知結果：各單位自己的得分、等第、應改進事項，及如何申復。"""
    from svcq_excel.assessment.mailing.gathering import notify
    from svcq_excel.assessment.mailing.settings import telling_of

    writer, telling = _writer("notify", sources, how, inbox), telling_of(how.mailing)
    with progress("讀取表件", how.silent) as report:
        post = notify(writer, inbox, telling, _results(sources, how), report)
    return _done(post, how, writer, _place_of_forms(sources, None))


def _writer(occasion: Occasion, sources: Sources, how: How, inbox: Sequence[Path] = ()) -> Writer:
    from svcq_excel.assessment.mailing.post import Writer
    from svcq_excel.assessment.mailing.settings import copies_of, read_templates

    plan = defined(sources, inbox, how.out)
    texts = read_templates(how.mailing.texts) if how.mailing.texts else {}
    return Writer(plan, occasion, texts, copies_of(how.mailing))


def _place_of_forms(sources: Sources, forms: Path | None) -> Path | None:
    folder = folder_here()
    return folder.of(sources).blank_forms if forms is None and folder else forms


def _results(sources: Sources, how: How) -> Path:
    """Beside what runs remember what they read."""
    folder = folder_here()
    return folder.of(sources).statistics if folder else how.out / "信件"


def _drafts(how: How) -> Sequence[Path]:
    from svcq_excel.letters.letter import OCCASIONS

    return [how.out / word for word in OCCASIONS.values()]


def _done(post: Post, how: How, writer: Writer, forms: Path | None) -> ExitCode:
    """`forms` is where blank forms lie, whose index leads to the drafts."""
    from svcq_excel.assessment.mailing.gathering import list_drafts
    from svcq_excel.cli.letters.drafting import drafted
    from svcq_excel.cli.letters.listing import listed, shown_whole
    from svcq_excel.cli.letters.sending import delivered

    if how.show:
        return shown_whole(post, how)
    if how.listed or how.dry_run:
        return listed(post, how, writer)
    if how.send:
        return delivered(post, how, writer.plan.contact.email)

    def relist() -> None:
        if forms is not None:
            list_drafts(writer, forms, _drafts(how))

    return drafted(post, how, writer.occasion, relist)
