"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const [RULE, TITLE, SEVERITY, PLACE, TOWN, HOUSEHOLD, HEAD, PERSON, MESSAGE, CELLS, HINTS, FIX, OWNERS, BASIS, PAIR, PRINT] = Array(16).keys();
  const LABELS = { error: "错误", warning: "疑点", info: "提示" };
  const NAMES = ["q", "severity", "town", "place", "group", "rule", "owner"];
  const PORTION = 100;
  const text = (number) => data.texts[number];
  const sought = data.findings.map((row) => [row[RULE], text(row[TITLE]), text(row[PLACE]), row[HOUSEHOLD], row[HEAD], row[PERSON], row[MESSAGE], ...row[OWNERS].map(text), row[PRINT], ...(data.known_as[row[RULE]] ?? [])].join("\n").toLowerCase());
  const inputs = Object.fromEntries(NAMES.map((name) => [name, document.getElementById(name)]));
  const list = document.getElementById("findings");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  // What was noticed when reading stands last of all: here it stands with its village.
  const owners = new Map();
  for (const row of data.findings) {
    if (!owners.has(row[PLACE])) owners.set(row[PLACE], new Map());
    const here = owners.get(row[PLACE]);
    for (const owner of row[OWNERS]) here.set(owner, (here.get(owner) || 0) + 1);
  }
  const rank = new Map([...owners.keys()].map((place, at) => [place, at]));
  const order = [...data.findings.keys()].sort((one, other) => rank.get(data.findings[one][PLACE]) - rank.get(data.findings[other][PLACE]));
  let found = [];
  let shown = 0;

  const element = (tag, content, className) => {
    const made = document.createElement(tag);
    if (content !== undefined) made.textContent = content;
    if (className) made.className = className;
    return made;
  };

  const fill = (select, values) => {
    for (const value of values) {
      const option = element("option", value);
      option.value = value;
      select.append(option);
    }
  };

  const distinct = (values) => [...new Set(values)].sort((one, other) => one.localeCompare(other, "zh-CN"));

  const tests = {
    q: (row, value, at) => value.toLowerCase().split(/\s+/).every((word) => sought[at].includes(word)),
    severity: (row, value) => row[SEVERITY] === value,
    town: (row, value) => text(row[TOWN]) === value,
    place: (row, value) => text(row[PLACE]) === value,
    group: (row, value) => row[RULE].split("-")[0] === value,
    rule: (row, value) => row[RULE] === value,
    owner: (row, value) => row[OWNERS].some((owner) => text(owner) === value),
  };

  const chosen = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

  const card = (row) => {
    const made = element("article", undefined, "card");
    const who = [row[HOUSEHOLD] && `户 ${row[HOUSEHOLD]}`, row[HEAD]].filter(Boolean).join(" ");
    made.append(element("h4", [text(row[PLACE]), who].filter(Boolean).join("　")));
    return made;
  };

  // A village on top of its households: how many there are, what was found, who answers for it.
  const village = (place) => {
    const made = element("header", undefined, "village");
    const [households, troubled, ...counts] = data.villages[place];
    const found = Object.values(LABELS).map((label, at) => `${label} ${counts[at]}`).join("、");
    made.append(element("h3", text(place)));
    made.append(element("p", `一共 ${[households && `${households} 户`, troubled && `问题户 ${troubled}`, found].filter(Boolean).join("，")}`));
    const who = [...owners.get(place)].sort((one, other) => other[1] - one[1]);
    made.append(element("p", `责任人：${who.map(([owner, number]) => `${text(owner)} ${number} 条`).join("、")}`, "note"));
    const back = element("a", "看各村");
    back.href = "#h-villages";
    if (document.getElementById("h-villages")) made.append(back);
    return made;
  };

  const cell = (line, tag, content, className) => {
    const made = element(tag, content, className);
    line.append(made);
    return made;
  };

  const heading = (line, content, scope) => cell(line, "th", content).setAttribute("scope", scope);

  // What the books say of the household where they differ: what no other says is marked.
  const books = (whose) => {
    const lines = data.books[whose];
    if (!lines) return [];
    const table = element("table", undefined, "books");
    table.append(element("caption", "三本账对不上的"));
    const head = element("tr");
    for (const name of ["项目", ...data.book_names]) heading(head, name, "col");
    table.append(head);
    for (const [name, values, odd, causes] of lines) {
      const line = element("tr");
      heading(line, text(name), "row");
      values.forEach((value, at) => cell(line, "td", value === null ? "" : value, odd[at] ? "wrong" : undefined));
      table.append(line);
      if (causes) {
        const why = element("tr");
        cell(why, "td", causes, "why").colSpan = values.length + 1;
        table.append(why);
      }
    }
    return [table];
  };

  // All fields of the three books, made when somebody opens them.
  const whole = (whose) => {
    const found = data.whole[whose];
    if (!found) return [];
    const [lines, apart, lacking] = found;
    const made = element("details", undefined, "whole");
    made.append(element("summary", `三本账全文（${lines.length} 项${apart ? `，${apart} 项说法不一` : ""}）`));
    made.addEventListener("toggle", () => { if (made.childElementCount === 1) made.append(wholeTable(lines, text(lacking))); });
    return [made];
  };

  const wholeTable = (lines, lacking) => {
    const table = element("table", undefined, "books");
    if (lacking) table.append(element("caption", lacking));
    const head = element("tr");
    const there = data.book_names.map((_, at) => lines.some((line) => line[at + 1] >= 0));
    for (const name of ["项目", ...data.book_names.filter((_, at) => there[at])]) heading(head, name, "col");
    table.append(head);
    for (const [name, ...said] of lines) {
      const [odd, apart] = said.splice(-2);
      const line = element("tr");
      heading(line, text(name), "row");
      said.forEach((value, at) => there[at] && cell(line, "td", value < 0 ? "" : text(value), odd & (1 << at) ? "wrong" : undefined));
      table.append(line);
      if (text(apart)) {
        const why = element("tr");
        cell(why, "td", text(apart), "why").colSpan = said.length + 1;
        table.append(why);
      }
    }
    return table;
  };

  // The cells of a finding as the spreadsheet has them, a piece for each row of a sheet; the first is the one to mend, with what stands beside it.
  const excerpts = (cells, beside) => {
    const rows = new Map();
    const computed = [];
    cells.forEach(([name, value, sheet, address], at) => {
      const found = /^([A-Z]+)(\d+)$/.exec(address);
      if (!found) return computed.push(`${text(name)} ${value}`);
      const key = `${text(sheet)}\n${found[2]}`;
      if (!rows.has(key)) rows.set(key, []);
      rows.get(key).push({ column: found[1], name: text(name), value, wrong: at === 0 });
    });
    const [first] = rows.values();
    for (const [column, name, value] of first && first[0].wrong ? beside : []) {
      if (!first.some((other) => other.column === text(column))) first.push({ column: text(column), name: text(name), value: text(value), near: true });
    }
    const made = [...rows].map(([key, held]) => excerpt(...key.split("\n"), held));
    if (computed.length) made.push(element("p", `算出来的：${computed.join("；")}`, "note"));
    return made;
  };

  const excerpt = (sheet, number, held) => {
    held.sort((one, other) => one.column.length - other.column.length || (one.column < other.column ? -1 : 1));
    const table = element("table", undefined, "sheet");
    table.append(element("caption", sheet));
    const [letters, names, values] = [element("tr"), element("tr"), element("tr")];
    heading(letters, "", "col");
    heading(names, "", "row");
    heading(values, number, "row");
    for (const { column, name, value, wrong, near } of held) {
      heading(letters, column, "col");
      cell(names, "td", name, "name");
      cell(values, "td", value, wrong ? "wrong" : near ? "near" : undefined);
    }
    table.append(letters, names, values);
    const wide = element("div", undefined, "wide");
    wide.append(table);
    return wide;
  };

  // Why two rows may be one person's.
  const pair = ([words, headings, rows]) => {
    const table = element("table", undefined, "books");
    table.append(element("caption", `是不是同一人：${words}`));
    const head = element("tr");
    for (const name of headings) heading(head, name, "col");
    table.append(head);
    for (const [name, ...said] of rows) {
      const line = element("tr");
      heading(line, name, "row");
      for (const value of said) cell(line, "td", value);
      table.append(line);
    }
    return table;
  };

  const told = (row, at) => {
    const made = element("div", undefined, "finding");
    const head = element("p");
    head.append(element("span", LABELS[row[SEVERITY]], row[SEVERITY]), ` ${row[RULE]} ${row[MESSAGE]}`);
    made.append(head);
    for (const part of excerpts(row[CELLS], data.beside[at] || [])) made.append(part);
    for (const hint of row[HINTS]) made.append(element("p", hint));
    if (row[PAIR]) made.append(pair(row[PAIR]));
    for (const [title, content] of [["整改", text(row[FIX])], ["责任人", row[OWNERS].map(text).join("、")], ["依据", text(row[BASIS])]]) {
      if (content) made.append(element("p", `${title}：${content}`, "note"));
    }
    return made;
  };

  const list_more = () => {
    let open = list.lastElementChild;
    for (const at of found.slice(shown, shown + PORTION)) {
      const row = data.findings[at];
      const whose = `${row[PLACE]} ${row[HOUSEHOLD]} ${row[HEAD]}`;
      if (!open || open.dataset.whose !== whose) {
        if (!open || open.dataset.place !== String(row[PLACE])) list.append(village(row[PLACE]));
        open = card(row);
        open.dataset.place = row[PLACE];
        open.dataset.whose = whose;
        open.append(...books(whose), ...whole(whose));
        list.append(open);
      }
      open.append(told(row, at));
    }
    shown = Math.min(shown + PORTION, found.length);
    more.hidden = shown >= found.length;
  };

  const show = () => {
    const wanted = Object.entries(chosen()).filter(([name, value]) => value && tests[name]);
    for (const name of NAMES) {
      const value = Object.fromEntries(wanted)[name] || "";
      if (inputs[name].value !== value) inputs[name].value = value;
    }
    found = [];
    for (const at of order) if (wanted.every(([name, value]) => tests[name](data.findings[at], value, at))) found.push(at);
    document.body.classList.toggle("alone", wanted.some(([name]) => name === "place"));
    list.replaceChildren();
    shown = 0;
    list_more();
    count.textContent = `${found.length} 条${wanted.length ? `（共 ${data.findings.length} 条）` : ""}`;
  };

  const choose = () => {
    const asked = new URLSearchParams();
    for (const name of NAMES) if (inputs[name].value) asked.set(name, inputs[name].value);
    history.replaceState(null, "", `#${asked}`);
    show();
  };

  fill(inputs.town, data.towns);
  fill(inputs.place, distinct(data.findings.map((row) => text(row[PLACE]))));
  fill(inputs.owner, distinct(data.findings.flatMap((row) => row[OWNERS].map(text))));
  const form = document.getElementById("filters");
  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  more.addEventListener("click", list_more);
  addEventListener("beforeprint", () => { while (shown < found.length) list_more(); });
  const follow = () => { show(); if (chosen().place || chosen().town || chosen().rule) document.getElementById("h-findings").scrollIntoView(); };
  addEventListener("hashchange", follow);
  follow();
})();
