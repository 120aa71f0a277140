"""The project file of the exams: the figures that no pack gives their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from county.records.record import AUDIT_YEAR
from county.samples.all_samples import Sample

_PARAMETERS: Mapping[str, float | str] = {
    "大额自付": 5000,
    "四重门槛": 1000,
    "自付比例": 0.1,
    "最短监测月数": 6,
    "车价": 5,
    "资助标准学前": 1200,
    "资助标准小学": 1000,
    "资助标准初中": 1250,
    "资助标准高中": 2000,
    "养老代缴": 100,
    "危改补助C": 20000,
    "危改补助D": 35000,
    "面积上限一人": 60,
    "面积上限两人": 80,
    "面积上限三人": 100,
    "面积上限人均": 25,
    "集体收入": 5,
    "合作社数下限": 1,
    "家庭农场数下限": 2,
    "走访频次": 1,
    "项目期限": "2020-11-30",
    "支出进度": 0.92,
    "统筹支出进度": 0.8,
    "结转上限一年": 0.02,
    "结转上限两年": 0,
    "保底收益不计收入": 1,
}


_ADOPTED: Mapping[str, float | str] = {
    "入住期限": "2020-11-30",
    "开工期限": "2020-09-15",
    "协作地": "威海市",
}
_SINCE_2021: Mapping[str, float | str] = {"贫困线": 4200, "监测线": 6000, "低保标准": 4100}
_DEMANDS = (
    "STA-18", "EDU-21", "MED-18", "MED-19", "HOU-20", "WAT-09", "SEC-19", "SEC-22", "EMP-24", "EMP-25", "EMP-27",
    "IND-14", "IND-15", "IND-16", "HOU-21", "SEC-06", "HLP-11", "HLP-12", "VIL-09", "FND-05", "FND-10", "FND-11", "FND-12", "FND-13",
)  # fmt: skip
"""What only documents of some places and years demand."""


def settle_figures(sample: Sample, path: Path) -> None:
    """Write the project file; none where nothing is to be settled."""
    adopted = _DEMANDS if sample.adopts else ()
    tables = {"parameters": _figures(sample), "rules": dict.fromkeys(adopted, "on")}
    text = "\n".join(_table(title, values) for title, values in tables.items() if values)
    if text:
        path.write_text(text, encoding="utf-8")


def _figures(sample: Sample) -> Mapping[str, float | str]:
    """The sample's parameters, dates moved into its year."""
    settled = _PARAMETERS if sample.settled else {}
    adopted = _ADOPTED if sample.adopts else {}
    later = _SINCE_2021 if sample.adopts and sample.year > AUDIT_YEAR else {}
    figures = {**settled, **adopted, **later, **dict(sample.figures)}
    return {name: _in_year(value, sample.year) for name, value in figures.items()}


def _in_year(value: float | str, year: int) -> float | str:
    return value.replace(f"{AUDIT_YEAR}-", f"{year}-") if isinstance(value, str) else value


def _table(title: str, values: Mapping[str, float | str]) -> str:
    written = (
        f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in values.items()
    )
    return f"[{title}]\n{''.join(written)}"
