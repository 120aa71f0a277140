"""The bulletin: its numbers are those of the audit and the scorecard, its layout is that of an official letter."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.document import Document
from docx.oxml.ns import qn

from fupin_audit.cli import main
from fupin_audit.reports.bulletin import word_file
from fupin_audit.reports.bulletin.letter_text import ISSUER, LetterTable, letter
from fupin_audit.reports.findings.village_tally import towns, villages
from fupin_audit.reports.scorecard import json_file
from fupin_audit.reports.scorecard.ranking import ranking
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Severity
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import Level, Scorecard, Sums
from fupin_audit.writing.word import BODY, LetterPart
from saved import saved
from scored import COUNTIES, VILLAGES, indicator, score, scorecard

SAMPLE = Path(__file__).parents[2] / "samples/清河县"
needs_word = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is missing"
)


@pytest.fixture
def scored(county: AuditResult) -> AuditResult:
    """A county with indicators of its two towns."""
    towns = (Place("清河县", "石桥镇"), Place("清河县", "柳河乡"))
    homes = indicator(1, "住房安全率", score(COUNTIES[0], Sums(18, 20), 1, False),
                      score(towns[0], Sums(10, 10), 1, True), score(towns[1], Sums(8, 10), 1, False))  # fmt: skip
    return replace(county, scorecard=replace(scorecard(), indicators=(homes,)))


def opened(result: AuditResult, folder: Path) -> Document:
    return docx.Document(str(saved(word_file.write, result, folder / "通报.docx")))


def text_of(document: Document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def grids(result: AuditResult) -> Iterator[LetterTable]:
    return (block for block in letter(result) if isinstance(block, LetterTable))


# What it says.


def test_towns_stand_as_the_scorecard_ranks_them(scored: AuditResult, tmp_path: Path) -> None:
    assert scored.scorecard
    ranked = {item.tally.place.town: item for item in ranking(scored.scorecard, Level.TOWN)}
    (_, *rows), *_ = ([[c.text for c in r.cells] for r in t.rows] for t in opened(scored, tmp_path).tables)
    assert [(row[0], row[1], *map(int, row[2:5])) for row in rows] == [
        (item.rank_text, town, item.tally.met, item.tally.unmet, item.tally.open)
        for town, item in sorted(ranked.items(), key=lambda pair: pair[1].rank or 0)
    ]
    assert [(row[0], row[1], *row[5:]) for row in rows] == [
        ("1", "石桥镇", "100%", "0%"),
        ("2", "柳河乡", "0%", "20%"),
    ]
    text = text_of(opened(scored, tmp_path))
    assert "排在最前的是石桥镇，达标1项、未达标0项，达标率100%。" in text
    assert "排在最后的是柳河乡" in text
    assert "柳河乡住房安全率80%（目标100%）" in text


def test_findings_are_counted_as_everywhere(scored: AuditResult, tmp_path: Path) -> None:
    *_, grid = grids(scored)
    assert [tuple(map(int, row[1:])) for row in grid.rows] == [
        (town.villages, *town.numbers) for town in towns(villages(scored))
    ]
    text = text_of(opened(scored, tmp_path))
    assert f"发现错误 {scored.count(Severity.ERROR)}、疑点 {scored.count(Severity.WARNING)}" in text
    assert f"涉及问题户{scored.troubled}户" in text
    for rule in ("KEY-05", "INC-02", "CRD-01"):
        number = sum(finding.rule == rule for finding in scored.records)
        assert re.search(rf"（{rule}）：不符{number}处", text)
    assert not any(f"（{rule}）" in text for rule in ABOUT_READING)


def test_the_deadline_is_told_or_left_to_fill_in(scored: AuditResult, tmp_path: Path) -> None:
    due = replace(scored, due={Severity.ERROR: date(2021, 1, 31)})
    text = text_of(opened(due, tmp_path))
    assert f"错误{scored.count(Severity.ERROR)}处，2021年1月31日前改完" in text
    assert f"疑点{scored.count(Severity.WARNING)}处，〔　　年　月　日〕前改完" in text


def test_what_was_not_checked_is_not_said_to_be_right(scored: AuditResult, tmp_path: Path) -> None:
    assert "条规则因缺台账、缺列等没有检查" in text_of(opened(scored, tmp_path))


def test_without_indicators_nobody_is_ranked(county: AuditResult, tmp_path: Path) -> None:
    text = text_of(opened(county, tmp_path))
    assert "本次没有可以排名的指标" in text
    assert "排在最前" not in text


def test_where_all_stand_alike_nobody_is_named(county: AuditResult, tmp_path: Path) -> None:
    alike = indicator(1, "住房安全率", *(score(place, Sums(9, 10), 1, False) for place in VILLAGES[:2]))
    card = replace(scorecard(), indicators=(alike,))
    assert "排在最后" not in text_of(opened(replace(county, scorecard=card), tmp_path))


def test_nobody_is_named_for_a_difference_the_table_does_not_show(
    county: AuditResult, tmp_path: Path
) -> None:
    towns = (Place("清河县", "石桥镇"), Place("清河县", "柳河乡"))
    close = indicator(1, "住房安全率", score(towns[0], Sums(99_990, 100_000), 1, False),
                      score(towns[1], Sums(99_991, 100_000), 1, False))  # fmt: skip
    result = replace(county, scorecard=replace(scorecard(), indicators=(close,)))
    table = opened(result, tmp_path).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["名次", "1", "2"]
    assert "排在最后" not in text_of(opened(result, tmp_path))


# From the ledgers of a county to the letter.


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `check` and `scorecard` write of the sample county."""
    folder = tmp_path_factory.mktemp("通报")
    for command, names in {"check": ("通报.docx", "发现.json"), "scorecard": ("评分.json",)}.items():
        outputs = [f"--output={name.partition('.')[2]}={folder / name}" for name in names]
        done = CliRunner().invoke(main, [command, str(SAMPLE), "--quiet", *outputs])
        assert done.exit_code in (0, 1, 3), done.output
    return folder


def card_of(folder: Path) -> Scorecard:
    return json_file.read(folder / "评分.json")


@pytest.mark.slow
def test_the_numbers_are_those_of_the_scorecard(whole: Path) -> None:
    table, *_ = docx.Document(str(whole / "通报.docx")).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    told = json.loads((whole / "评分.json").read_text(encoding="utf-8"))["ranking"]
    ranked = {item["town"]: item for item in told if item["level"] == "乡镇"}
    assert len(rows) == len(ranked) == 3
    for row in rows:
        item = ranked[row[1]]
        assert row[0].removeprefix("并列") == str(item["rank"])
        assert [int(cell) for cell in row[2:5]] == [item["met"], item["unmet"], item["open"]]
        assert float(row[5].rstrip("%")) == pytest.approx(100 * item["share"], abs=0.05)
        assert float(row[6].rstrip("%")) == pytest.approx(100 * item["distance"], abs=0.05)


@pytest.mark.slow
def test_nobody_is_named(whole: Path) -> None:
    text = text_of(docx.Document(str(whole / "通报.docx")))
    found = json.loads((whole / "发现.json").read_text(encoding="utf-8"))["findings"]
    names = {item[name] for item in found for name in ("household", "head", "person", "person_id")}
    names |= {who["name"] for item in found for who in item["responsible"]}
    assert len(names - {""}) > 100
    assert sorted(name for name in names - {""} if name in text) == []


# How it looks.


def test_the_page_is_that_of_an_official_letter(scored: AuditResult, tmp_path: Path) -> None:
    document = opened(scored, tmp_path)
    (section,) = document.sections
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side] == [37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    assert [paragraph.text for paragraph in document.paragraphs][:2] == [ISSUER, "〔发文字号〕"]
    assert document.paragraphs[-2].text == ISSUER


def test_every_text_has_a_chinese_font_and_tables_repeat_their_heads(
    scored: AuditResult, tmp_path: Path
) -> None:
    document = opened(scored, tmp_path)
    fonts = {
        part: document.styles[part.value].element.rPr.rFonts.get(qn("w:eastAsia")) for part in LetterPart
    }
    assert (fonts[LetterPart.TITLE], fonts[LetterPart.TEXT], fonts[LetterPart.HEADING]) == (
        "方正小标宋简体", "仿宋_GB2312", "黑体",
    )  # fmt: skip
    assert {paragraph.style.name for paragraph in document.paragraphs if paragraph.style} <= {
        part.value for part in LetterPart
    }
    assert len(document.tables) == 2
    for table in document.tables:
        (head, *_) = (row._tr.get_or_add_trPr().find(qn("w:tblHeader")) for row in table.rows)
        assert head is not None


def test_the_same_result_gives_the_same_bytes(scored: AuditResult, tmp_path: Path) -> None:
    one, other = (saved(word_file.write, scored, tmp_path / name).read_bytes() for name in ("1", "2"))
    assert one == other


@needs_word
def test_a_word_processor_opens_and_prints_it(scored: AuditResult, tmp_path: Path) -> None:
    path = saved(word_file.write, scored, tmp_path / "通报.docx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True
    ).stdout.decode("utf-8")
    plain = re.sub(r"\s", "", pages)
    assert "关于清河县台账核对情况的通报" in plain
    assert "1石桥镇100100%0%" in plain
    assert pages.count("\f") >= 2


# Templates.


def template(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("清河县乡村振兴局文件")
    document.add_paragraph(BODY)
    document.add_paragraph("抄送：县委办公室")
    document.styles["Table Grid"].delete()
    style = document.styles.add_style(LetterPart.TITLE.value, 1)
    style.font.name = "隶书"
    document.save(str(folder / "版式.docx"))
    return folder / "版式.docx"


def test_a_template_keeps_what_it_has(scored: AuditResult, tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    with path.open("w+b") as sink:
        word_file.write_in(template(tmp_path), scored, sink)
    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert (texts[0], texts[1], texts[-1]) == (
        "清河县乡村振兴局文件", "关于清河县台账核对情况的通报", "抄送：县委办公室",
    )  # fmt: skip
    assert not {BODY, ISSUER} & set(texts)
    assert document.styles[LetterPart.TITLE.value].font.name == "隶书"
    assert len(document.tables) == 2


@pytest.mark.parametrize(
    ("outputs", "content", "says"),
    [
        ((), None, "要和 --output docx=文件 一起用"),
        (("--output", "docx=通报.docx"), b"PK no", "打不开，应是 Word 的 .docx 文件"),
        (("--output", "docx=通报.docx"), b"", "打不开，应是 Word 的 .docx 文件"),
    ],
)
def test_a_wrong_template_is_refused_before_anything_is_read(
    outputs: tuple[str, ...],
    content: bytes | None,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = template(tmp_path)
    if content is not None:
        path.write_bytes(content)
    done = CliRunner().invoke(main, ["check", str(SAMPLE), *outputs, "--template", "版式.docx"])
    assert (done.exit_code, says in done.stderr) == (2, True)
    assert not (tmp_path / "通报.docx").exists()


def test_a_letter_people_wrote_on_in_is_never_written_over(tmp_path: Path) -> None:
    path = template(tmp_path)
    done = CliRunner().invoke(main, ["check", str(SAMPLE), "--output", f"docx={path}"])
    assert (done.exit_code, "已经存在" in done.stderr) == (2, True)
