"""The project file of the exams: the figures that no pack gives their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

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


def settle_figures(sample: Sample, path: Path) -> None:
    """Write the project file; none where no figure is to be settled."""
    figures = {**(_PARAMETERS if sample.settled else {}), **dict(sample.figures)}
    lines = [
        f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(value)}\n" for name, value in figures.items()
    ]
    if lines:
        path.write_text("[parameters]\n" + "".join(lines), encoding="utf-8")
