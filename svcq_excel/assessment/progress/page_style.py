"""How the page of an assessment's progress looks: on screens light and dark, and on A4."""

from __future__ import annotations

STYLE = """
:root{--ink:#1f2a44;--soft:#4a5468;--ground:#fff;--card:#f3f5f9;--line:#c3cad8;--link:#174a9c;
--good:#e6f4e6;--good-ink:#175923;--ask:#fff3d6;--ask-ink:#6b4700;
--wrong:#fbe3e1;--wrong-ink:#9c1c15;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf4;--soft:#b4bdcf;--ground:#141925;
--card:#1f2635;--line:#3d475c;--link:#9cc2ff;--good:#16351d;--good-ink:#a9e0b3;--ask:#3d2f0c;
--ask-ink:#ffd98a;--wrong:#461b1a;--wrong-ink:#ffb9b3}}
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
ol.steps,ul.list{margin:.25rem 0;padding-left:1.75rem}
ol.steps li{margin:.25rem 0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0;padding:0;list-style:none}
.table{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.95rem}
caption{text-align:left;padding:.25rem 0}
th,td{padding:.4rem .6rem;border:1px solid var(--line);text-align:left;vertical-align:top;
overflow-wrap:anywhere}
thead th{background:var(--card);white-space:nowrap}
tbody th{font-weight:600;min-width:9rem}
td.code,td.state,td.when{white-space:nowrap}
td.what{min-width:12rem}
td.whom{min-width:13rem}
td.whom span{display:block}
.mark{display:inline-block;padding:0 .5rem;border:1px solid currentColor;border-radius:1rem;
font-weight:600}
.accepted{background:var(--good);color:var(--good-ink)}
.needs-correction,.incomplete{background:var(--ask);color:var(--ask-ink)}
.missing,.late{background:var(--wrong);color:var(--wrong-ink)}
li.accepted,li.needs-correction,li.incomplete,li.missing,li.late{border-color:currentColor}
@media (max-width:40rem){body{padding:1rem}}
@page{size:A4 landscape;margin:12mm}
@media print{:root{--ink:#000;--soft:#333;--ground:#fff;--card:#f3f5f9;--line:#888;--link:#000;
--good:#e6f4e6;--good-ink:#175923;--ask:#fff3d6;--ask-ink:#6b4700;--wrong:#fbe3e1;
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
.mark,.counts li,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{text-decoration:none}}
"""
