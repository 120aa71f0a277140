"""The scorecard as a JSON document: the one description of what is written, and of what is read back.

Its JSON Schema is `schema/scorecard.schema.json`.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fupin_audit.errors import UsageError
from fupin_audit.reports.scorecard.ranking import Ranked, ranking
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import (
    Direction,
    Goal,
    IndicatorScores,
    Level,
    Score,
    Scorecard,
    Sums,
    level_of,
)
from fupin_audit.writing.json_text import as_json

SCHEMA = Path(__file__).parents[1] / "schema" / "scorecard.schema.json"
_KIND: Literal["fupin-audit scorecard"] = "fupin-audit scorecard"
MARK = re.compile(rf'\A\s*\{{\s*"kind":\s*"{_KIND}"')


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Placed(_Entry):
    level: Level = Field(description="这一项是哪一级的：合计、县、乡镇、村")
    county: str
    town: str
    village: str

    @property
    def place(self) -> Place:
        """The place as one value."""
        return Place(self.county, self.town, self.village)


class ScoreEntry(_Placed):
    """One indicator at one place."""

    value: float | None = Field(description="现值；比例写小数，没有可数的为 null")
    target: float | None = Field(description="目标；没有目标为 null")
    target_source: str = Field(description="目标的出处")
    gap: float | None = Field(description="现值减目标")
    met: bool | None = Field(description="是否达标；没有目标、或因空白说不准为 null")
    standing: str = Field(description="未达标、待核实、达标、无目标、不适用")
    earlier: float | None = Field(description="上次的值")
    change: float | None = Field(description="现值减上次的值")
    part: int | float = Field(description="分子：符合的行数，或金额")
    whole: int | float = Field(description="分母：判得出的行数，或金额")
    undecided: int = Field(description="因空白判不了的行数")

    def score(self) -> Score:
        """The score that was written."""
        goal = None if self.target is None else Goal(self.target, self.target_source)
        sums = Sums(self.part, self.whole, self.undecided)
        return Score(self.place, sums, self.value, goal, self.met, self.earlier)


class IndicatorEntry(_Entry):
    """One indicator at all places."""

    id: str
    title: str
    unit: str = Field(description="%、人、户、个")
    direction: Direction = Field(description="越高越好、越低越好、为零")
    level: Level = Field(description="最小算到哪一级")
    status: Literal["computed", "not_computed"]
    reason: str = Field(description="没有计算的原因")
    formula: str = Field(description="怎样算；变了就不与以前的结果比")
    note: str
    basis: tuple[str, ...]
    notes: tuple[str, ...] = Field(description="没有算全的地方、没有比较的目标")
    scores: tuple[ScoreEntry, ...]

    def scored(self) -> IndicatorScores:
        """The indicator that was written."""
        return IndicatorScores(
            id=self.id,
            title=self.title,
            unit=self.unit,
            direction=self.direction,
            level=self.level,
            formula=self.formula,
            note=self.note,
            basis=self.basis,
            reason=self.reason,
            notes=self.notes,
            scores=tuple(entry.score() for entry in self.scores),
        )


class RankEntry(_Placed):
    """One place among those of its level."""

    rank: int | None = Field(description="名次，1 最好；没有目标可比为 null")
    tied: bool = Field(description="与别处并列")
    met: int
    unmet: int
    open: int = Field(description="因空白说不准是否达标的项数")
    share: float | None = Field(description="达标项数占有目标的项数")
    distance: float = Field(description="未达标的各项离目标的差占目标的比例之和；达标率相同的，小的在前")
    better: int = Field(description="比上次好的项数")
    worse: int = Field(description="比上次差的项数")


class InputEntry(_Entry):
    """One sheet, or a file that could not be read."""

    file: str
    sheet: str
    ledgers: tuple[str, ...]
    rows: int
    error: str | None


class ScoreDocument(_Entry):
    """Everything one scorecard says."""

    kind: Literal["fupin-audit scorecard"]
    version: str = Field(description="计算所用的程序版本")
    as_of: date = Field(description="截止日期")
    as_of_source: str
    compared_with: date | None = Field(description="上次结果的截止日期")
    packs: tuple[str, ...]
    settings: tuple[str, ...]
    notes: tuple[str, ...] = Field(description="没有对应指标的目标任务等")
    inputs: tuple[InputEntry, ...]
    indicators: tuple[IndicatorEntry, ...]
    ranking: tuple[RankEntry, ...] = Field(description="县、乡镇、村的名次，差的在前")


def document(card: Scorecard) -> ScoreDocument:
    """The scorecard as it is written."""
    levels = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
    return ScoreDocument(
        kind=_KIND,
        version=card.version,
        as_of=card.as_of,
        as_of_source=card.as_of_source,
        compared_with=card.compared_with,
        packs=card.packs,
        settings=card.settings,
        notes=card.notes,
        inputs=tuple(
            InputEntry(file=s.file, sheet=s.sheet, ledgers=s.ledgers, rows=s.rows, error=s.error or None)
            for s in card.inputs
        ),
        indicators=tuple(map(_indicator, card.indicators)),
        ranking=tuple(_rank(item) for level in levels for item in ranking(card, level)),
    )


def _indicator(indicator: IndicatorScores) -> IndicatorEntry:
    return IndicatorEntry(
        id=indicator.id,
        title=indicator.title,
        unit=indicator.unit,
        direction=indicator.direction,
        level=indicator.level,
        status="not_computed" if indicator.reason else "computed",
        reason=indicator.reason,
        formula=indicator.formula,
        note=indicator.note,
        basis=indicator.basis,
        notes=indicator.notes,
        scores=tuple(map(_score, indicator.scores)),
    )


def _score(score: Score) -> ScoreEntry:
    place, sums, goal = score.place, score.sums, score.goal
    return ScoreEntry(
        level=level_of(place),
        county=place.county,
        town=place.town,
        village=place.village,
        value=_rounded(score.value),
        target=_rounded(goal.value) if goal else None,
        target_source=goal.source if goal else "",
        gap=_rounded(score.gap, 6),
        met=score.met,
        standing=score.standing,
        earlier=_rounded(score.earlier),
        change=_rounded(score.change, 6),
        part=sums.part,
        whole=sums.whole,
        undecided=sums.undecided,
    )


def _rank(item: Ranked) -> RankEntry:
    place, found = item.tally.place, item.tally
    return RankEntry(
        level=level_of(place),
        county=place.county,
        town=place.town,
        village=place.village,
        rank=item.rank,
        tied=item.tied,
        met=found.met,
        unmet=found.unmet,
        open=found.open,
        share=_rounded(found.share),
        distance=found.distance,
        better=found.better,
        worse=found.worse,
    )


def _rounded(value: float | None, digits: int = 9) -> float | None:
    """Digits enough to compare with; differences have fewer, so that they are the same when read back."""
    return None if value is None else round(value, digits)


def write(card: Scorecard, sink: BinaryIO) -> None:
    """Writes the document as UTF-8 JSON; same input, same bytes."""
    text = as_json(document(card).model_dump(mode="json"), indent=1)
    sink.write(text.encode("utf-8") + b"\n")


def read(path: Path) -> Scorecard:
    """Read a scorecard back, all but what was read from which sheet.

    Raises:
        UsageError: there is no such file, or it is no scorecard.
    """
    wanted = "应是以前用 fupin-audit scorecard --output json=文件 写出的结果"
    try:
        found = ScoreDocument.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"没有文件 {path}：{wanted}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了 {path}：{wanted}") from error
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise UsageError(f"{path} 不是评分结果{where and f'（{where} 不对）'}：{wanted}") from error
    return Scorecard(
        version=found.version,
        as_of=found.as_of,
        as_of_source=found.as_of_source,
        inputs=(),
        indicators=tuple(entry.scored() for entry in found.indicators),
        packs=found.packs,
        settings=found.settings,
        notes=found.notes,
        compared_with=found.compared_with,
    )
