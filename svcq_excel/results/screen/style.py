"""How our pages look: on screens light and dark, on paper, and cells by the workbook's looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from svcq_excel.palette import (
    BAR,
    GOOD,
    GOOD_INK,
    INK,
    OPEN,
    OPEN_INK,
    PALE,
    SIZE_PT,
    WRONG,
    WRONG_INK,
)
from svcq_excel.results.page.styles import LOOKS

BASE = """
:root{--ink:#1f2a44;--soft:#4a5468;--ground:#fff;--card:#f3f5f9;--bar:#dce4f0;--line:#c3cad8;
--link:#174a9c;--good:#e6f4e6;--good-ink:#175923;--ask:#fff3d6;--ask-ink:#6b4700;
--wrong:#fbe3e1;--wrong-ink:#9c1c15;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf4;--soft:#b4bdcf;--ground:#141925;
--card:#1f2635;--bar:#2b3650;--line:#3d475c;--link:#9cc2ff;--good:#16351d;--good-ink:#a9e0b3;
--ask:#3d2f0c;--ask-ink:#ffd98a;--wrong:#461b1a;--wrong-ink:#ffb9b3}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem;max-width:76rem;background:var(--ground);color:var(--ink);
font:1rem/1.6 "Microsoft JhengHei","PingFang TC","Noto Sans TC","Noto Sans CJK TC",sans-serif}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.25rem 0}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
.soft{color:var(--soft)}
.counts{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.counts li{flex:1 1 7rem;padding:.5rem 1rem;border:1px solid var(--line);border-left-width:.4rem;
border-radius:.4rem;background:var(--card)}
.counts b{display:block;font-size:1.75rem;line-height:1.2}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0;padding:0;list-style:none}
.table{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.95rem}
caption{text-align:left;padding:.25rem 0}
th,td{padding:.4rem .6rem;border:1px solid var(--line);text-align:left;vertical-align:top;
overflow-wrap:anywhere}
.accepted{background:var(--good);color:var(--good-ink)}
.needs-correction,.incomplete{background:var(--ask);color:var(--ask-ink)}
.missing,.late{background:var(--wrong);color:var(--wrong-ink)}
.counts li{border-color:var(--line)}
li.accepted,li.needs-correction,li.incomplete,li.missing,li.late{border-color:currentColor}
@media (max-width:40rem){body{padding:1rem}}
@page{size:A4 landscape;margin:12mm 10mm;
font:9pt "標楷體","DFKai-SB","BiauKai","TW-Kai","AR PL UKai TW",serif}
@media print{:root{--ink:#000;--soft:#333;--ground:#fff;--card:#f3f5f9;--bar:#dce4f0;--line:#888;
--link:#000;--good:#e6f4e6;--good-ink:#175923;--ask:#fff3d6;--ask-ink:#6b4700;--wrong:#fbe3e1;
--wrong-ink:#9c1c15;color-scheme:light}
html{font-size:9pt}
body{max-width:none;padding:0;line-height:1.35}
h2{margin:1rem 0 .25rem}
h1{font-size:14pt}
th,td{padding:.15rem .4rem}
.counts li{padding:.1rem .6rem}
.counts b{font-size:14pt}
nav,.skip{display:none}
.table{overflow:visible;padding-right:1px}
thead{display:table-header-group}
tr,li{break-inside:avoid}
h2{break-after:avoid}
a{text-decoration:none}}
"""
"""What all of our pages have in common."""

_COLOURS = {
    PALE: "--card",
    BAR: "--bar",
    GOOD: "--good",
    OPEN: "--ask",
    WRONG: "--wrong",
    INK: "--ink",
    GOOD_INK: "--good-ink",
    OPEN_INK: "--ask-ink",
    WRONG_INK: "--wrong-ink",
}
"""Colours of paper, by the names that have another value in the dark."""

REPORT = """
body{max-width:90rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
p,.notes li{white-space:pre-line}
section{margin:2.5rem 0 0}
.title{display:flex;flex-wrap:wrap;align-items:end;gap:.25rem 1rem;
border-bottom:2px solid var(--line)}
.title h2{flex:1;margin:0}
.beside{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 2rem}
.beside:has(.signature) span{flex:1 1 8rem}
.table{position:relative;max-height:85vh;overflow:auto;margin:.5rem 0}
.table table{table-layout:fixed;width:max(100%,var(--wide)*1.25);font-size:.9rem;
border-collapse:separate;border-spacing:0;
border:solid var(--line);border-width:1px 0 0 1px;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .2rem;border:solid var(--line);border-width:0 1px 1px 0;white-space:pre-line;
vertical-align:middle;line-height:1.4;overflow-wrap:break-word}
th{font-weight:400}
thead th,thead td{background:var(--card);font-weight:700}
thead{position:sticky;top:0;z-index:2}
tbody th[scope=row]{position:sticky;left:0;background:var(--ground);z-index:1}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.75rem 0 .25rem}
.tools label,.print label{display:inline-flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center}
.tools label{max-width:100%}
input,select{min-width:0;max-width:min(100%,16rem)}
.print{margin:.75rem 0}
input,select,button{font:inherit;color:inherit;background:var(--ground);
border:1px solid var(--soft);border-radius:.3rem;padding:.2rem .5rem}
input[type=checkbox]{width:1.2rem;height:1.2rem}
th:has(button){cursor:pointer}
th button{border:0;padding:0;min-width:1.5rem;min-height:1.5rem;background:none;cursor:pointer}
th button::after{content:"⇅";color:var(--soft);font-weight:400}
th[aria-sort=ascending] button::after{content:"▲";color:inherit}
th[aria-sort=descending] button::after{content:"▼";color:inherit}
:is(input,select,button):focus-visible{outline:3px solid var(--link);outline-offset:2px}
.chart{display:block;width:100%;max-width:60rem;height:auto}
figure{margin:1.5rem 0}
h3{font-size:1rem;margin:.5rem 0}
figcaption{color:var(--soft)}
.drawing svg{min-width:40rem}
@media (max-width:40rem){.title h2{flex:1 1 100%}tbody th[scope=row]{position:static}}
@media (max-height:30rem){.table{max-height:none}thead{position:static}}
"""
_PRINT = """
@media print{
:root{--kai:"標楷體","DFKai-SB","BiauKai","TW-Kai","AR PL UKai TW",serif}
body{font-family:var(--kai);font-size:10pt;--scale:1}
header,footer,.tools,.print{display:none!important}
section{margin:0;break-before:page}
body:not(.alone):not(:has(#whole:checked)) section:not(.printed),
body.alone section:not(.alone){display:none}
.title{border:0}
.title h2{text-align:center;font-size:calc(16pt*var(--scale));font-weight:700}
.title .label{font-size:calc(12pt*var(--scale))}
.lines{font-size:calc(10pt*var(--scale))}
p,.beside{break-inside:avoid}
.table{max-height:none;overflow:visible;margin:2pt 0}
.table table{width:100%;border-collapse:collapse;
font-size:calc(10pt*var(--scale))}
th,td{padding:.2em .25em;line-height:1.25;border-width:1px}
thead,tbody th[scope=row]{position:static}
:is(th,td,tr){print-color-adjust:exact;-webkit-print-color-adjust:exact}
th button{display:none}
figure{break-inside:avoid}
.chart{max-height:165mm;min-width:0!important}
tfoot{display:table-row-group}
tbody:last-of-type tr:nth-last-child(-n+2),tfoot tr,tr.bar,tr.sub_bar{break-after:avoid}
.table:has(+.lines .signature){break-after:avoid}
.lines:has(.signature){break-before:avoid;break-inside:avoid}
.beside:has(.signature){padding-top:14pt;padding-bottom:14pt;font-size:1.2em}
}
"""


def report_style(looks: Iterable[str]) -> str:
    """All of a report's, with a rule for each look that occurs in it."""
    return "".join([BASE, REPORT, *(_rule(look) for look in sorted(looks)), _PRINT])


def _rule(look: str) -> str:
    said = ";".join(_declarations(LOOKS[look]))
    return f":is(th,td,p,span).{look}{{{said}}}\n" if said else ""


def _declarations(look: dict[str, object]) -> Iterator[str]:
    if "align" in look:
        yield f"text-align:{look['align']}"
    if look.get("valign") == "top":
        yield "vertical-align:top"
    if look.get("bold"):
        yield "font-weight:700"
    size = float(str(look.get("font_size", SIZE_PT)))
    if size < SIZE_PT:
        yield f"font-size:{size / SIZE_PT:g}em"
    if ground := _COLOURS.get(str(look.get("bg_color", ""))):
        yield f"background:var({ground})"
    if ink := _COLOURS.get(str(look.get("font_color", ""))):
        yield f"color:var({ink})"
