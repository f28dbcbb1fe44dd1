"""Letters as drafts: files that a mail program opens, or in the account's folder of drafts."""

from __future__ import annotations

from svcq_excel.assessment.mailing.post import Post
from svcq_excel.assessment.mailing.settings import drafts_account
from svcq_excel.cli.console import progress, say, show, show_json
from svcq_excel.cli.exit_codes import ExitCode
from svcq_excel.cli.letters.how import How, Relist
from svcq_excel.cli.letters.listing import code_of, document, say_without
from svcq_excel.letters.drafts import ARCHIVE, write_drafts
from svcq_excel.letters.imap import lay_drafts
from svcq_excel.letters.letter import OCCASIONS, Occasion
from svcq_excel.output import OutputBlockedError


def drafted(post: Post, how: How, occasion: Occasion, relist: Relist) -> ExitCode:
    """Where there is nothing to write any more, drafts of an earlier call are gone."""
    if how.drafts == "imap":
        return _laid(post, how)
    folder = how.out / OCCASIONS[occasion]
    written = write_drafts(post.letters, folder, how.zipped)
    try:
        relist()
    except OutputBlockedError as error:
        say(f"清單未能更新：{error}", how.silent)
    if how.as_json:
        show_json(document(post, written, how))
        return code_of(post)
    if written:
        show(str(folder))
        zipped = f"；全部草稿另見「{ARCHIVE}」" if how.zipped else ""
        say(
            f"已製作 {len(written)} 封信的草稿，以郵件程式開啟、看過後寄出{zipped}。",
            how.quiet,
        )
    else:
        say("沒有需要寄的信。", how.quiet)
    say_without(post, how.quiet)
    return code_of(post)


def _laid(post: Post, how: How) -> ExitCode:
    laid = 0
    with progress("放入草稿", how.silent) as report:
        letters = lay_drafts(post.letters, drafts_account(how.mailing))
        for done, (_, new) in enumerate(letters, start=1):
            laid += new
            report(done, len(post.letters))
    if how.as_json:
        show_json(document(post, {}, how))
        return code_of(post)
    there = len(post.letters) - laid
    before = f"，另有 {there} 封先前已放入" if there else ""
    say(f"已放入信箱的「草稿」{laid} 封{before}。", how.quiet)
    say_without(post, how.quiet)
    return code_of(post)
