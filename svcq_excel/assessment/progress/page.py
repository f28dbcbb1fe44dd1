"""進度.html: where an assessment stands, as one page that asks nothing of any other place.

No script runs in it and nothing is fetched, which it tells the browser too; whatever came from
forms, lists and names of files is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from svcq_excel.assessment.next_steps import STEPS, next_steps
from svcq_excel.assessment.progress.counting import counted, counts
from svcq_excel.assessment.progress.lines import letters_of
from svcq_excel.assessment.progress.page_style import STYLE
from svcq_excel.assessment.standing import Standing, UnitStanding
from svcq_excel.form.identity import PAGE_MARK
from svcq_excel.text.roc_dates import roc_deadline, roc_moment
from svcq_excel.text.visible import visible

_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LINKED = 30
"""Of so many groups a list of links to them stands above them."""


def progress_page(now: Standing) -> bytes:
    """The page, UTF-8; equal standings give equal bytes."""
    return "\n".join(_page(now)).encode("utf-8", "backslashreplace")


def _page(now: Standing) -> Iterator[str]:
    title = _text(f"{now.title}進度")
    yield '<!doctype html>\n<html lang="zh-Hant-TW">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_ELSE}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield PAGE_MARK.decode("ascii")
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#units">跳到各單位</a>'
    yield f"<header>\n<h1>{title}</h1>\n<p>{_about(now)}</p>\n</header>\n<main>"
    yield from _numbers(now)
    yield from _next(now)
    yield from _units(now)
    yield "</main>\n</body>\n</html>\n"


def _about(now: Standing) -> str:
    due = f"{roc_deadline(now.deadline)}{'（已過）' if now.overdue else ''}" if now.deadline else ""
    came = roc_moment(now.last_received) if now.last_received else ""
    parts = (
        now.round,
        f"繳交期限 {due}" if due else "",
        f"目前步驟：{STEPS[now.step]}",
        f"最近一件 {came}" if came else "",
    )
    return "　".join(_text(part) for part in parts if part)


def _numbers(now: Standing) -> Iterator[str]:
    yield '<ul class="counts">'
    yield f"<li><b>{len(now.units)}</b>應繳</li>"
    for each in counts(now.units):
        yield f'<li class="{each.key}"><b>{each.number}</b>{each.word}</li>'
    yield "</ul>"


def _next(now: Standing) -> Iterator[str]:
    yield '<section aria-labelledby="next">\n<h2 id="next">下一步</h2>\n<ol class="steps">'
    yield from (f"<li>{_text(said)}</li>" for said in next_steps(now))
    yield "</ol>\n</section>"
    if now.doubts:
        yield '<section aria-labelledby="doubts">\n<h2 id="doubts">請留意</h2>\n<ul class="list">'
        yield from (f"<li>{_text(str(doubt))}</li>" for doubt in now.doubts)
        yield "</ul>\n</section>"


def _units(now: Standing) -> Iterator[str]:
    groups = now.by_group
    yield '<div id="units">'
    if 1 < len(groups) <= _LINKED:
        yield '<nav aria-label="各組">\n<ul>'
        for at, (group, units) in enumerate(groups.items(), 1):
            done = sum(each.status == "accepted" for each in units)
            yield f'<li><a href="#g{at}">{_text(group)}</a>　已繳 {done}／{len(units)}</li>'
        yield "</ul>\n</nav>"
    for at, (group, units) in enumerate(groups.items(), 1):
        yield "<section>"
        yield f'<h2 id="g{at}">{_text(group or "各單位")}</h2>'
        yield from _table(now, at, units)
        yield "</section>"
    yield "</div>"


def _table(now: Standing, at: int, units: Sequence[UnitStanding]) -> Iterator[str]:
    kinds = now.kinds > 1
    heads = ("編號", "受考核單位", *(("考核類別",) if kinds else ()), "情形", "寄出或最後存檔")
    yield f'<div class="table" role="region" aria-labelledby="g{at}" tabindex="0">\n<table>'
    yield f'<caption class="soft">{counted(units)}</caption>\n<thead>\n<tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in (*heads, "說明", "聯絡"))
    yield "</tr>\n</thead>\n<tbody>"
    yield from (_row(each, letters_of(now, each), kinds) for each in units)
    yield "</tbody>\n</table>\n</div>"


def _row(each: UnitStanding, letters: str, kinds: bool) -> str:
    unit = each.unit
    late = f' <span class="mark late">{each.lateness}</span>' if each.late else ""
    sent = f"<br><small>信件：{_text(letters)}</small>" if letters else ""
    kind = f"<td>{_text(each.kind_word)}</td>" if kinds else ""
    return (
        f'<tr><td class="code">{_text(unit.code)}</td><th scope="row">{_text(unit.name)}</th>{kind}'
        f'<td class="state"><span class="mark {each.status}">{_text(each.word)}</span>{late}</td>'
        f'<td class="when">{_text(each.when)}</td><td class="what">{_text(each.remark)}{sent}</td>'
        f'<td class="whom">{_whom(each)}</td></tr>'
    )


def _whom(each: UnitStanding) -> str:
    unit = each.unit
    mails = [mail.strip() for mail in unit.email.split(";") if mail.strip()]
    links = (f'<a href="mailto:{quote(mail, safe="@")}">{_text(mail)}</a>' for mail in mails)
    called = _text("　".join(filter(None, (unit.contact, unit.phone))))
    said = filter(None, (called, *links))
    return "".join(f"<span>{part}</span>" for part in said)


def _text(text: str) -> str:
    """Whatever it holds, it is text."""
    return escape("\n".join(map(visible, text.split("\n"))))
