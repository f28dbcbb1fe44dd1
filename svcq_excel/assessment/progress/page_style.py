"""How the page of an assessment's progress looks, beyond what all of our pages have in common."""

from __future__ import annotations

from svcq_excel.results.screen.style import BASE

_OWN = """
ol.steps,ul.list{margin:.25rem 0;padding-left:1.75rem}
ol.steps li{margin:.25rem 0}
thead th{background:var(--card);white-space:nowrap}
tbody th{font-weight:600;min-width:9rem}
td.code,td.state,td.when{white-space:nowrap}
td.what{min-width:12rem}
td.whom{min-width:13rem}
td.whom span{display:block}
.mark{display:inline-block;padding:0 .5rem;border:1px solid currentColor;border-radius:1rem;
font-weight:600}
@media print{.mark,.counts li,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
STYLE = BASE + _OWN
