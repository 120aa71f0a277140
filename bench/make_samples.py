"""Write the sample counties and their answer keys: `python bench/make_samples.py`."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from county.answers import answers, index, of_layout, write_key
from county.books import write
from county.drops import DROPS
from county.exam import EXAM_DROPS
from county.extras import EXTRAS
from county.faults.catalogue import FAULTS
from county.faults.fault import Fault
from county.further.platform import copies, draw_again
from county.further.registry import FAMILIES
from county.plant import lift_incomes, plant
from county.record import AUDIT_YEAR
from county.shift import shift
from county.village import Shape, villages

SEED = 20201231


_DEFAULT = Shape()
_PARAMETERS = {
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
"""What the project file of the exam settles, because the pack of its place does not."""
_EXAM = Shape(6, 20, 2, "辽宁省", "抚顺市", "云溪县")
_FIELD = Shape(5, 20, 3, "辽宁省", "抚顺市", "云溪县")
_YUNYANG = Shape(1, 20, 1, "重庆市", "重庆市", "云阳县")
_ZIYANG = Shape(1, 20, 1, "四川省", "资阳市", "乐至县")
_XINBIN = Shape(1, 20, 1, "辽宁省", "抚顺市", "新宾满族自治县")


@dataclass(frozen=True, slots=True)
class Sample:
    """A folder under samples/.

    Attributes:
        folder: its name.
        drop: the generation of exports it is delivered in.
        clean: nothing is planted.
        shape: how large the county is, and where it lies.
        comfortable: incomes lie above the targets of places that set themselves some.
        local: the place whose own figures its faults break; the others are settled by a project file.
        year: the audit year.
    """

    folder: str
    drop: str
    clean: bool = False
    shape: Shape = _DEFAULT
    comfortable: bool = False
    local: str = ""
    year: int = AUDIT_YEAR

    @property
    def faults(self) -> list[Fault]:
        """What is planted."""
        return [] if self.clean else [fault for fault in FAULTS if (self.local or self.drop) in fault.drops]


SAMPLES = (
    Sample("清河县", "2020"),
    Sample("清河县-2021", "2021"),
    Sample("清河县-无误", "2020", clean=True),
    Sample("清河县-2021-无误", "2021", clean=True),
    Sample("抚顺样例", "small", shape=Shape(1, 13, 1, "辽宁省", "抚顺市", "云溪县"), comfortable=True),
    Sample("考核样例-2020", "exam-2020", shape=_EXAM),
    Sample("考核样例-2021", "exam-2021", shape=_EXAM),
    Sample("考核样例-实地", "exam-field", shape=_FIELD),
    Sample("考核样例-云阳", "exam-2020", shape=_YUNYANG, local="云阳"),
    Sample("考核样例-资阳", "exam-2020", shape=_ZIYANG, local="资阳", year=2018),
    Sample("考核样例-新宾", "exam-2020", shape=_XINBIN, local="新宾"),
    Sample("考核样例-新宾2018", "exam-2020", shape=_XINBIN, local="新宾2018", year=2018),
)
_DROPS = DROPS | EXAM_DROPS


def make(sample: Sample, out: Path) -> None:
    """Write one sample and its key."""
    folder = out / sample.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    further = FAMILIES if sample.drop in EXAM_DROPS else ()
    county = list(villages(SEED, sample.shape, further))
    if sample.comfortable:
        lift_incomes(county)
    drawn = copies(county)
    expected = plant(county, sample.faults)
    draw_again(drawn)
    shift(county, sample.year - AUDIT_YEAR)
    books = _DROPS[sample.drop](county)
    for book in books:
        write(book, folder)
    entries = answers(expected, index(books)) + of_layout(books)
    if not sample.clean:
        entries += [each for extra in EXTRAS.get(sample.drop, ()) for each in extra.put(folder)]
    if sample.drop in EXAM_DROPS and not sample.local:
        _settle(folder / "fupin-audit.toml")
    write_key(folder / "key.json", entries)


def _settle(path: Path) -> None:
    """Write the project file."""
    lines = [
        f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(value)}\n"
        for name, value in _PARAMETERS.items()
    ]
    path.write_text("[parameters]\n" + "".join(lines), encoding="utf-8")


def main() -> None:
    """Write all samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "samples")
    out = parser.parse_args().out
    for sample in SAMPLES:
        make(sample, out)


if __name__ == "__main__":
    main()
