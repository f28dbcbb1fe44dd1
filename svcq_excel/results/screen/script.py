"""What a page of results can do: sort and filter its tables, print one. Without it all is there."""

from __future__ import annotations

SCRIPT = """
(() => {
"use strict";
const make = (tag, more, ...inner) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...inner);
  return made;
};
const words = new Intl.Collator("zh-Hant-TW", {numeric: true});
const said = cell => cell ? cell.textContent.trim() : "";
const figure = text => {
  const found = /^[^\\d+\\-]{0,4}([+\\-]?\\d+(?:\\.\\d+)?)\\D{0,6}$/.exec(text);
  return found ? Number(found[1]) : NaN;
};
const bodies = table => [...table.tBodies];
const lines = body => [...body.rows].filter(row => !row.classList.length);

const sorting = (table, columns) => {
  const first = new Map(bodies(table).map(body => [body, [...body.rows]]));
  const heads = [];
  const order = (at, way) => {
    for (const body of bodies(table)) {
      const rows = lines(body), keys = new Map(rows.map(row => [row, said(row.cells[at])]));
      const figures = rows.map(row => figure(keys.get(row)));
      const numbers = rows.every((row, i) => !keys.get(row) || !isNaN(figures[i]))
        || figures.filter(each => !isNaN(each)).length > rows.length / 2;
      const by = new Map(rows.map((row, i) => [row, figures[i]]));
      rows.sort((a, b) => {
        const [x, y] = numbers ? [by.get(a), by.get(b)] : [keys.get(a), keys.get(b)];
        const none = numbers ? isNaN : text => !text;
        if (none(x) || none(y)) return none(x) - none(y);
        return way * (numbers ? x - y : words.compare(x, y));
      });
      body.append(...rows);
    }
  };
  const reset = () => {
    for (const [body, rows] of first) body.append(...rows);
    heads.forEach(head => head.removeAttribute("aria-sort"));
  };
  columns.forEach((head, at) => {
    if (!head) return;
    heads.push(head);
    // Beside the text: what is within a button is lost in heads that are printed again.
    const button = make("button", {type: "button", title: "依此欄排序", ariaLabel: "排序"});
    head.append(" ", button);
    head.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort");
      if (was === "descending") return reset();
      reset();
      head.setAttribute("aria-sort", was ? "descending" : "ascending");
      order(at, was ? -1 : 1);
    });
  });
  return reset;
};

const filtering = (table, columns, place) => {
  const rows = bodies(table).flatMap(lines);
  const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
  const typed = make("input", {type: "search", autocomplete: "off"});
  const shown = make("output");
  const choices = columns.flatMap((head, at) => {
    if (!head || !head.classList.contains("choice")) return [];
    const found = [...new Set(rows.map(row => said(row.cells[at])))].filter(Boolean);
    const words = found.every(text => text.length <= 12);
    if (found.length < 2 || found.length > 12 || !words) return [];
    const all = make("option", {value: ""}, "（全部）");
    const options = found.map(text => make("option", {value: text}, text));
    return [{at, head, choice: make("select", {}, all, ...options)}];
  });
  const apply = () => {
    const wanted = typed.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      const kept = wanted.every(word => texts.get(row).includes(word))
        && choices.every(({at, choice}) => !choice.value || said(row.cells[at]) === choice.value);
      row.hidden = !kept;
      left += kept;
    }
    for (const body of bodies(table)) {
      const none = lines(body).every(row => row.hidden);
      for (const row of body.rows) if (row.classList.length) row.hidden = none;
    }
    const fewer = left < rows.length ? `顯示 ${left} 列，` : "";
    shown.value = `${fewer}共 ${rows.length} 列`;
  };
  const tools = make("div", {className: "tools"}, make("label", {}, "篩選", typed));
  for (const {head, choice} of choices) tools.append(make("label", {}, said(head), choice));
  tools.append(shown);
  place.before(tools);
  const asked = [typed, ...choices.map(({choice}) => choice)];
  asked.forEach(each => each.addEventListener("input", apply));
  apply();
  return () => {
    asked.forEach(each => { each.value = ""; });
    apply();
  };
};

const whole = [];
for (const table of document.querySelectorAll("table")) {
  const rows = bodies(table).flatMap(lines);
  const wide = table.querySelectorAll("col").length;
  if (rows.length < 2 || rows.some(row => row.cells.length !== wide
    || [...row.cells].some(cell => cell.rowSpan > 1))) continue;
  const columns = Array(wide).fill(null), taken = [];
  [...table.tHead.rows].forEach((row, line) => {
    let at = 0;
    for (const head of row.cells) {
      while (taken[at] > line) at += 1;
      if (head.colSpan === 1 && head.tagName === "TH") columns[at] = head;
      for (let i = 0; i < head.colSpan; i += 1) taken[at + i] = line + head.rowSpan;
      at += head.colSpan;
    }
  });
  const place = table.closest(".table");
  const undo = [filtering(table, columns, place), sorting(table, columns)];
  if (table.closest(".printed")) whole.push(...undo);
}
addEventListener("beforeprint", () => whole.forEach(undo => undo()));
for (const section of document.querySelectorAll("section")) {
  const button = make("button", {type: "button", className: "print"}, "列印本表");
  section.querySelector(".title").append(button);
  button.addEventListener("click", () => {
    document.body.classList.add("alone");
    section.classList.add("alone");
    print();
  });
}
addEventListener("afterprint", () => {
  document.querySelectorAll(".alone").forEach(each => each.classList.remove("alone"));
});
})();
"""
"""Tables that are printed to be signed are printed whole and in their own order."""
