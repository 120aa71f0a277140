"""The page: what stands in it, and what a browser makes of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from lxml import html

from browser import browse, parsed, seen
from fupin_audit.cli import main
from fupin_audit.reports.findings import json_file
from fupin_audit.reports.page import html_page
from fupin_audit.reports.page.heat import heat
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.household import MOST_BOOKS, Line, Said, ThreeBooks
from fupin_audit.results.place import Location, Place
from fupin_audit.viewing.cells_beside import MOST
from fupin_audit.writing.one_line import one_line
from saved import saved

MANY = 10_000
_LARGEST = 5_000_000


def written(result: AuditResult, folder: Path) -> Path:
    path = folder / "报告.html"
    saved(html_page.write, result, path)
    return path


def data(path: Path) -> dict[str, Any]:
    page: html.HtmlElement = html.fromstring(path.read_bytes())
    found: dict[str, Any] = json.loads(str(page.xpath("string(//script[@id='data'])")))
    return found


def three_books(number: int = 0, fields: int = 25) -> ThreeBooks:
    """Books of which the phone, and nothing else, is not the same."""
    said = [("系统", "户"), ("明白卡", "明白卡"), ("扶贫手册 2020年", "扶贫手册")]

    def line(name: str, values: tuple[str | None, ...]) -> Line:
        cells = (
            Said(book, Location(f"{ledger}.xlsx", ledger, "B2", value), value)
            for (book, ledger), value in zip(said, values, strict=True)
        )
        return Line(name, tuple(cells), agrees=len(set(values)) == 1)

    same = (line(f"第{field}项", (f"{number}之{field}",) * 3) for field in range(fields - 1))
    return ThreeBooks((line("联系电话", ("138****0001", "138****0002", "138****0001")), *same), ("残缺的账",))


def many(county: AuditResult) -> AuditResult:
    """Ten thousand findings in three hundred villages, the books of as many households as a page may show."""
    records = [
        replace(
            county.records[number % len(county.records)],
            household=f"990101{number:08}",
            place=Place("清河县", f"第{number % 20}镇", f"第{number % 300}村"),
            fingerprint=f"{number:016x}",
            locations=(
                replace(county.records[number % len(county.records)].locations[0], cell=f"J{number + 4}"),
                *county.records[number % len(county.records)].locations[1:],
            ),
        )
        for number in range(MANY)
    ]
    books = {item.home: three_books(at) for at, item in enumerate(records[:MOST_BOOKS])}
    near = ("联系电话", "脱贫属性", "脱贫年度", "主要致贫原因")
    beside = {
        item.locations[0]: tuple(Location("户.xlsx", "户", f"{letter}9", f"{at}的{name}", "户", name)
                                 for letter, name in zip("HILM", near, strict=True))
        for at, item in enumerate(records[:MOST])
    }  # fmt: skip
    headings = {at: f"{at.field}（以系统为准）" for item in records for at in item.locations}
    return replace(county, records=tuple(records), books=books, beside=beside, headings=headings)


def test_every_finding_stands_in_it_once(county: AuditResult, tmp_path: Path) -> None:
    told = data(written(county, tmp_path))
    assert [(row[0], row[2], row[-1]) for row in told["findings"]] == [
        (finding.rule, finding.severity.value, finding.fingerprint) for finding in county.records
    ]
    assert [told["texts"][row[3]] for row in told["findings"]] == [str(f.place) for f in county.records]


def test_the_table_of_places_adds_up_to_the_errors_and_doubts(county: AuditResult) -> None:
    table = heat(county)
    grave = [finding for finding in county.records if finding.severity is not Severity.INFO]
    assert sum(row.total for row in table.rows) == len(grave)
    assert all(sum(cell.number for cell in row.cells) == row.total for row in table.rows)
    assert [row.total for row in table.rows] == sorted((row.total for row in table.rows), reverse=True)


def test_what_people_typed_stays_text(county: AuditResult, tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script><!--"
    finding = replace(county.records[0], message=bad, head=bad, title=bad, place=Place(bad, bad, bad))
    path = written(replace(county, records=(finding,)), tmp_path)
    tree = html.fromstring(path.read_bytes())
    assert len(tree.findall(".//script")) == 2
    assert data(path)["findings"][0][8] == bad


def test_nothing_is_asked_of_any_network(county: AuditResult, tmp_path: Path) -> None:
    text = written(county, tmp_path).read_text(encoding="utf-8")
    policy = html.fromstring(text.encode()).xpath(
        "string(//meta[@http-equiv='Content-Security-Policy']/@content)"
    )
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert re.findall(r"""(?:src|href)=["'](?!#)""", text) == []
    assert re.findall(r"https?://|@import|url\(", text) == []


@pytest.mark.slow
def test_ten_thousand_findings_make_a_page_that_can_be_mailed(county: AuditResult, tmp_path: Path) -> None:
    assert written(many(county), tmp_path).stat().st_size < _LARGEST


def printed(result: AuditResult, folder: Path) -> int:
    """How many sheets of paper the page takes."""
    paper = folder / "页.pdf"
    browse(f"--print-to-pdf={paper}", written(result, folder), "", folder)
    return len(re.findall(rb"/Type */Page\b", paper.read_bytes()))


def test_a_browser_shows_all_and_complains_of_nothing(county: AuditResult, tmp_path: Path) -> None:
    page, complaints = seen(written(county, tmp_path), "", tmp_path)
    assert complaints == ""
    assert page.get_element_by_id("count").text == f"{len(county.records)} 条"
    assert len(page.find_class("finding")) == len(county.records)


@pytest.mark.parametrize("asked", ["severity", "rule", "place", "q"])
def test_a_view_in_the_address_shows_what_it_asks_for(
    asked: str, county: AuditResult, tmp_path: Path
) -> None:
    first = county.records[1]
    values = {
        "severity": first.severity.value, "rule": first.rule, "place": str(first.place), "q": first.household,
    }  # fmt: skip
    wanted = {
        "severity": [f for f in county.records if f.severity is first.severity],
        "rule": [f for f in county.records if f.rule == first.rule],
        "place": [f for f in county.records if f.place == first.place],
        "q": [f for f in county.records if first.household in (f.household + f.message)],
    }[asked]
    page, complaints = seen(written(county, tmp_path), f"{asked}={values[asked]}", tmp_path)
    assert complaints == ""
    assert page.get_element_by_id("count").text == f"{len(wanted)} 条（共 {len(county.records)} 条）"
    assert len(page.find_class("finding")) == len(wanted)


@pytest.mark.slow
def test_all_that_is_asked_for_is_printed_not_only_what_is_listed(
    county: AuditResult, tmp_path: Path
) -> None:
    everything = many(county)
    some, fewer = (replace(everything, records=everything.records[:number]) for number in (300, 100))
    assert printed(some, tmp_path) > 2 * printed(fewer, tmp_path)


@pytest.mark.slow
def test_a_browser_lists_the_first_of_ten_thousand(county: AuditResult, tmp_path: Path) -> None:
    page, complaints = seen(written(many(county), tmp_path), "", tmp_path)
    assert complaints == ""
    assert page.get_element_by_id("count").text == f"{MANY} 条"
    assert len(page.find_class("finding")) == 100


_TIMED = """
<script>
const laid = () => document.body.getBoundingClientRect().height;
const spent = { tall: laid(), shown: performance.now() };
for (const [name, value] of [["q", "赵一"], ["severity", "error"], ["town", document.querySelectorAll("#town option")[3].value]]) {
  const input = document.getElementById(name);
  const rounds = [value, "", value, "", value].map((text) => {  // the machine may be busy with something else
    const before = performance.now();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    laid();
    return performance.now() - before;
  });
  spent[name] = Math.min(...rounds.filter((_, at) => at % 2 === 0));
}
spent.requests = performance.getEntriesByType("resource").length;
document.body.dataset.spent = JSON.stringify(spent);
</script></body>"""


@pytest.mark.slow
def test_ten_thousand_findings_are_there_soon_and_filtered_at_once(
    county: AuditResult, tmp_path: Path
) -> None:
    """A copy of the page, allowed to run a stopwatch: shown within two seconds, filtered within a fifth of one."""
    path = written(many(county), tmp_path)
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("</body>", _TIMED), encoding="utf-8")
    page, complaints = seen(path, "", tmp_path)
    assert complaints == ""
    spent = json.loads(str(page.xpath("string(//body/@data-spent)")))
    assert (spent["requests"], spent["tall"] > 1000) == (0, True)
    assert spent["shown"] <= 2000
    assert max(spent[name] for name in ("q", "severity", "town")) <= 200


def test_every_number_on_the_page_is_that_of_the_json(county: AuditResult, tmp_path: Path) -> None:
    saved(json_file.write, county, tmp_path / "结果.json")
    told = json.loads((tmp_path / "结果.json").read_text(encoding="utf-8"))
    page = parsed(written(county, tmp_path))
    rules = {rule["id"]: rule for rule in told["rules"]}
    found = Counter(finding["rule"] for finding in told["findings"])
    rows = [
        [cell.text_content().strip() for cell in row]
        for row in page.xpath("//table[@class='rules']/tbody/tr")
    ]
    assert {row[1]: int(row[3]) for row in rows} == found
    clauses = {finding["rule"]: "；".join(finding["basis"]) for finding in reversed(told["findings"])}
    for _, rule, _, _, share, _, clause, page_of in rows:
        assert (clause, page_of) == (clauses[rule], rules[rule]["doc"] or f"fupin-audit rules show {rule}")
        judged = rules[rule]["passed"] + rules[rule]["failed"]
        assert share == (f"{rules[rule]['failed']}/{judged}" if judged else "")
    options = page.xpath("//select[@id='severity']/option[@value!='']")
    assert {option.get("value"): int(re.sub(r"\D", "", option.text)) for option in options} == {
        name: told["summary"][name] for name in ("error", "warning", "info")
    }
    grave = Counter(
        f"{item['county']}{item['town']}{item['village']}" or "未定位"
        for item in told["findings"]
        if item["severity"] != "info"
    )
    heat_rows = page.xpath("//table[@class='heat']/tbody/tr")
    assert {row[0].text_content(): int(row[-1].text) for row in heat_rows} == dict(grave)


def excerpts(page: Any) -> list[tuple[str, list[tuple[str, str, str]], str]]:
    """Of every piece of a spreadsheet: which sheet, its (cell, name, value), the cell that is marked."""
    found = []
    for table in page.xpath("//table[@class='sheet']"):
        letters, names, values = table.findall(".//tr")
        number = values[0].text
        cells = [
            (f"{letter.text}{number}", name.text or "", value.text or "")
            for letter, name, value in zip(letters[1:], names[1:], values[1:], strict=True)
        ]
        marked = [
            cell for (cell, *_), value in zip(cells, values[1:], strict=True) if value.get("class") == "wrong"
        ]
        found.append((table.findtext("caption"), cells, "".join(marked)))
    return found


def test_cells_stand_as_in_the_spreadsheet_and_the_one_to_mend_is_marked(
    county: AuditResult, tmp_path: Path
) -> None:
    page, _ = seen(written(county, tmp_path), "", tmp_path)
    told = excerpts(page)
    cells = Counter(
        (sheet, cell, name.rpartition(".")[2], value) for sheet, held, _ in told for cell, name, value in held
    )
    wanted = Counter(
        (" › ".join(filter(None, (one_line(at.file), at.sheet and one_line(at.sheet)))), at.cell, at.field or "单元格",
         one_line(at.value))
        for finding in county.records
        for at in finding.locations
        if at.cell
    )  # fmt: skip
    assert cells == wanted
    marked = [(sheet, cell) for sheet, _, cell in told if cell]
    places = list(dict.fromkeys(finding.place for finding in county.records))  # villages one after another
    grouped = sorted(county.records, key=lambda finding: places.index(finding.place))
    firsts = [finding.locations[0] for finding in grouped if finding.locations[0].cell]
    assert [cell for _, cell in marked] == [at.cell for at in firsts]


def test_what_stands_beside_the_cell_to_mend_is_shown(county: AuditResult, tmp_path: Path) -> None:
    first = replace(county.records[1], locations=(Location("户.xlsx", "户", "J4", "5", "户", "家庭人口"),))
    near = tuple(
        Location("户.xlsx", "户", cell, value, "户", name)
        for cell, value, name in (("H4", "138****0001", "联系电话"), ("K4", None, "脱贫年度"))
    )
    result = replace(
        county,
        records=(county.records[0], first),
        beside={first.locations[0]: near},
        headings={first.locations[0]: "家庭人数", near[0]: "户主电话"},
    )
    page, complaints = seen(written(result, tmp_path), f"q={first.fingerprint}", tmp_path)
    assert complaints == ""
    bare = sum(bool(finding.locations) for finding in result.records) - 1
    assert [note.text for note in page.xpath("//section/p[@class='note']")] == [
        f"{bare} 条发现没有附左右的格：先附错误、疑点的。"
    ]
    told = excerpts(page)
    assert told[-1][1:] == (
        [("H4", "户主电话", "138****0001"), ("J4", "家庭人数", "5"), ("K4", "脱贫年度", "（空白）")],
        "J4",
    )


def test_books_that_differ_stand_side_by_side_on_the_card_of_the_household(
    county: AuditResult, tmp_path: Path
) -> None:
    cells = (
        Location("户.xlsx", "户", "J4", "5", "户", "家庭人口"),
        Location("卡.csv", "", "D2", "4", "明白卡", "家庭人口"),
        Location("手册.csv", "", "E2", "4", "扶贫手册", "家庭人口"),
    )
    first, other = county.records[1], county.records[2]
    result = replace(county, records=(replace(first, locations=cells), other))
    page, complaints = seen(written(result, tmp_path), "", tmp_path)
    assert complaints == ""
    (table,) = page.xpath("//article/table[@class='books']")
    assert [[cell.text for cell in line] for line in table.findall(".//tr")] == [
        ["项目", "系统", "明白卡", "扶贫手册"],
        ["家庭人口", "5", "4", "4"],
    ]
    assert [cell.text for cell in table.xpath(".//td[@class='wrong']")] == ["5"]
    assert first.household in table.getparent().find("h4").text


_OPENED = """
<script>for (const one of document.querySelectorAll("details.whole")) one.open = true;</script></body>"""


def test_the_whole_books_of_a_household_open_on_its_card(county: AuditResult, tmp_path: Path) -> None:
    """A copy of the page, allowed to open them."""
    first = county.records[1]
    path = written(replace(county, books={first.home: three_books(fields=3)}), tmp_path)
    closed, complaints = seen(path, f"q={first.household}", tmp_path)
    (folded,) = closed.xpath("//article/details[@class='whole']")
    assert (folded.get("open"), [part.tag for part in folded]) == (None, ["summary"])
    assert folded.findtext("summary") == "三本账全文（3 项，1 项说法不一）"
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("</body>", _OPENED), encoding="utf-8")
    page, more = seen(path, f"q={first.household}", tmp_path)
    assert (complaints, more) == ("", "")
    (table,) = page.xpath("//details/table")
    assert [[cell.text for cell in line] for line in table.findall(".//tr")] == [
        ["项目", "系统", "明白卡", "扶贫手册"],
        ["联系电话", "138****0001", "138****0002", "138****0001"],
        ["第0项", *["0之0"] * 3],
        ["第1项", *["0之1"] * 3],
    ]
    assert [cell.text for cell in table.xpath(".//td[@class='wrong']")] == ["138****0002"]
    assert table.findtext("caption") == "残缺的账里没有这一户"


def test_the_page_says_of_how_many_it_leaves_the_books_out(county: AuditResult, tmp_path: Path) -> None:
    first = county.records[1]
    homes = {(finding.place, finding.home) for finding in county.records if finding.household}
    without = [home for _, home in homes if home != first.home]
    page = parsed(written(replace(county, books={first.home: three_books()}), tmp_path))
    (note,) = page.xpath("//section/p[@class='note']")
    assert note.text_content().startswith(f"{len(without)} 户没有附三本账全文：最多附 {MOST_BOOKS} 户")
    assert parsed(written(county, tmp_path)).xpath("//section/p[@class='note']") == []


def village_numbers(told: dict[str, Any]) -> dict[str, str]:
    """Village → its findings by severity as the page tells them, from the JSON."""
    found: dict[str, Counter[str]] = {}
    for item in told["findings"]:
        place = f"{item['county']}{item['town']}{item['village']}" or "未定位"
        found.setdefault(place, Counter())[item["severity"]] += 1
    labels = {severity.value: severity.label for severity in Severity}
    return {
        place: "、".join(f"{label} {counts[name]}" for name, label in labels.items())
        for place, counts in found.items()
    }


def test_every_village_leads_to_its_own_view(county: AuditResult, tmp_path: Path) -> None:
    saved(json_file.write, county, tmp_path / "结果.json")
    numbers = village_numbers(json.loads((tmp_path / "结果.json").read_text(encoding="utf-8")))
    path = written(county, tmp_path)
    listed = {
        unquote(link.get("href").removeprefix("#place=")): item.text_content().partition("　")[2].strip()
        for item in parsed(path).xpath("//details[@class='town']//li")
        for link in item.findall("a")
    }
    assert listed == {place: said for place, said in numbers.items() if place != "未定位"}
    for place in [*listed][:2]:
        page, complaints = seen(path, f"place={place}", tmp_path)
        assert complaints == ""
        (head,) = page.find_class("village")
        assert head.findtext("h3") == place
        assert head.findtext("p").endswith(numbers[place])
        mine = [finding for finding in county.records if str(finding.place) == place]
        who = Counter(str(one) for item in mine for one in item.responsible or [item.owner])
        said = head.xpath("string(p[@class='note'])").removeprefix("责任人：")
        assert sorted(said.split("、")) == sorted(f"{name} {n} 条" for name, n in who.items())
        troubled = len({finding.home for finding in mine if finding.household})
        assert f"问题户 {troubled}，" in head.findtext("p") or not troubled


def test_villages_stand_one_after_another_each_under_its_name(county: AuditResult, tmp_path: Path) -> None:
    page, _ = seen(written(county, tmp_path), "", tmp_path)
    parts = page.xpath("//div[@id='findings']/*")
    heads = [part.findtext("h3") for part in parts if part.tag == "header"]
    assert len(heads) == len(set(heads)) == len({str(finding.place) for finding in county.records})
    under = ""
    for part in parts:
        under = part.findtext("h3") if part.tag == "header" else under
        assert part.tag == "header" or part.findtext("h4").startswith(under)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is missing")
def test_a_village_is_printed_alone_and_each_on_a_page_of_its_own(
    county: AuditResult, tmp_path: Path
) -> None:
    path = written(county, tmp_path)
    place = str(county.records[1].place)
    sheets = {}
    for view in ("", f"place={place}"):
        paper = tmp_path / "页.pdf"
        browse(f"--print-to-pdf={paper}", path, view, tmp_path)
        text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True).stdout
        sheets[view] = re.sub(r"[ \n]", "", text.decode("utf-8")).split("\f")
    whole, alone = sheets[""], sheets[f"place={place}"]
    assert "各规则" in "".join(whole)
    assert [word for word in ("各规则", "下一步", "没有检查的") if word in "".join(alone)] == []
    begun = [len(re.findall(r"提示\d+责任人：", sheet)) for sheet in whole]
    assert (max(begun), sum(begun)) == (1, len({finding.place for finding in county.records}))


def test_the_page_says_what_to_do_next(county: AuditResult, tmp_path: Path) -> None:
    page = parsed(written(replace(county, asked=("清河县 六月",)), tmp_path))
    commands = [code.text for code in page.xpath("//ol[@class='steps']//code")]
    assert commands[0] == "fupin-audit check '清河县 六月' --output xlsx=整改台账.xlsx"
    assert len(commands) == 4


@pytest.mark.slow
def test_the_page_of_the_demo_is_that_of_a_check(tmp_path: Path) -> None:
    """With the books of households and the cells beside those to mend, of which the audit itself says nothing."""
    page = tmp_path / "报告.html"
    assert CliRunner().invoke(main, ["demo", "--output", f"html={page}", "--quiet"]).exit_code == 0
    told = page.read_text(encoding="utf-8")
    assert '"whole":{"' in told
    assert '"beside":{"' in told
