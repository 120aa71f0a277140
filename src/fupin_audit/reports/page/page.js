"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const [RULE, TITLE, SEVERITY, PLACE, TOWN, HOUSEHOLD, HEAD, PERSON, MESSAGE, CELLS, HINTS, FIX, OWNERS, BASIS, PRINT] = Array(15).keys();
  const LABELS = { error: "错误", warning: "疑点", info: "提示" };
  const NAMES = ["q", "severity", "town", "place", "group", "rule", "owner"];
  const PORTION = 100;
  const text = (number) => data.texts[number];
  const sought = data.findings.map((row) => [row[RULE], text(row[TITLE]), text(row[PLACE]), row[HOUSEHOLD], row[HEAD], row[PERSON], row[MESSAGE], ...row[OWNERS].map(text), row[PRINT]].join("\n").toLowerCase());
  const inputs = Object.fromEntries(NAMES.map((name) => [name, document.getElementById(name)]));
  const list = document.getElementById("findings");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
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
    made.append(element("h3", [text(row[PLACE]), who].filter(Boolean).join("　")));
    return made;
  };

  const told = (row) => {
    const made = element("div", undefined, "finding");
    const head = element("p");
    head.append(element("span", LABELS[row[SEVERITY]], row[SEVERITY]), ` ${row[RULE]} ${row[MESSAGE]}`);
    made.append(head);
    if (row[CELLS].length) {
      const table = element("table");
      for (const [name, value, address] of row[CELLS]) {
        const line = element("tr");
        line.append(element("td", text(name)), element("td", value), element("td", text(address)));
        table.append(line);
      }
      made.append(table);
    }
    for (const hint of row[HINTS]) made.append(element("p", hint));
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
        open = card(row);
        open.dataset.whose = whose;
        list.append(open);
      }
      open.append(told(row));
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
    data.findings.forEach((row, at) => {
      if (wanted.every(([name, value]) => tests[name](row, value, at))) found.push(at);
    });
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
  addEventListener("hashchange", () => { show(); if (chosen().place || chosen().town || chosen().rule) document.getElementById("h-findings").scrollIntoView(); });
  show();
})();
