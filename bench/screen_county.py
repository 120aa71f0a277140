"""A county drawn as tables for `screen_calibration.py`: an honest one, and what is made up in it.

The honest model (one county; every figure is drawn anew):

- 20 villages of 40 households (or as asked). A household has 1 to 6 members with birth years of their own.
- Whoever writes figures down has habits: in each village a share of its own, drawn from Dirichlet(2, 3, 2, 1), of
  amounts is written to the yuan, to 10, to 100, to 500.
- Wages: 55 % of households, lognormal (median 15,000, σ 0.5). In six villages there is one plant: a quarter of their
  households earn just its wage (31,200 yuan), and its dividend (1,200 yuan).
- Trade and farming: 70 %, lognormal (median 4,000, σ 0.8); its costs are 20 to 45 %.
- Property: the village's standard dividend for 60 %. Transfers: pensions (1,236 yuan each) and land (84 yuan a mu).
- 低保 tops those up to the line who are below it: nobody is left under it.
- The year before: this year's parts divided by exp(N(0.06, 0.22)), written down again with the same habits; one in
  twelve households just keeps its figure; the plant raised its wage by 4 %.
- Visits: a helper for every five households sees each of them six times a year, a third of the times on the county's
  helping day, else on a day of his own on which he sees all of his. Half of what is written are the county's twelve set
  phrases; else a text of its own, which in a quarter of his rounds he copies for all of them.
- Field checks: ten households a village, ten checkers; how often an entry differs is a village's own share (Beta(3, 40)).
- Ledger of payments: 150 a village, lognormal over several orders of magnitude, a tenth of them one standard amount.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fupin_audit.results.place import Place
from fupin_audit.screening.frames import Book, Frames

LINE, YEAR = 4000.0, 2020
PLANT, RAISE, PLANT_DIVIDEND = 31200.0, 1.04, 1200.0
_UNITS = np.array([1.0, 10.0, 100.0, 500.0])
_FIRST_DAY = (np.datetime64("2020-01-01") - np.datetime64("1970-01-01")).astype(int)
_SYLLABLES = "天地人和山水田林路桥村户春夏秋冬风雨晴云东西南北麦稻豆瓜牛羊鸡鱼"
_ROUNDS, _PAYMENTS, _CHECKED = 6, 150, 10


@dataclass
class County:
    """The columns of a county; what is made up overwrites some of them."""

    village: np.ndarray
    account: dict[str, np.ndarray]
    before: dict[str, np.ndarray]
    born: list[list[int]]
    calls: dict[str, np.ndarray]
    checks: dict[str, np.ndarray]
    payments: dict[str, np.ndarray]

    @property
    def villages(self) -> int:
        """How many there are."""
        return int(self.village.max())


def draw(seed: int, villages: int = 20, households: int = 40) -> County:
    """An honest county."""
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(1, villages + 1), households)
    total = len(village)
    habit = rng.dirichlet((2, 3, 2, 1), villages + 1)
    size = rng.choice(np.arange(1, 7), total, p=(0.14, 0.26, 0.24, 0.2, 0.1, 0.06))
    account = _incomes(rng, village, habit, size)
    before = _year_before(rng, village, habit, account)
    for year in (account, before):
        _add_up(year, size)
    born = [sorted(rng.integers(1935, 2019, each).tolist()) for each in size.tolist()]
    account["家庭人口"] = size.astype(float)
    return County(
        village,
        account,
        before,
        born,
        _calls(rng, village),
        _checks(rng, village, account),
        _payments(rng, villages),
    )


def written(
    rng: np.random.Generator, habit: np.ndarray, village: np.ndarray, values: np.ndarray
) -> np.ndarray:
    """The values as somebody with the village's habits writes them down."""
    pick = (rng.random(len(values))[:, None] > np.cumsum(habit[village], axis=1)).sum(axis=1)
    unit = _UNITS[np.minimum(pick, 3)]
    return np.asarray(np.rint(values / unit) * unit)


def _incomes(
    rng: np.random.Generator, village: np.ndarray, habit: np.ndarray, size: np.ndarray
) -> dict[str, np.ndarray]:
    total = len(village)
    wages = np.where(rng.random(total) < 0.55, rng.lognormal(np.log(15000), 0.5, total), 0)
    wages = written(rng, habit, village, wages)
    plant = (village <= 6) & (rng.random(total) < 0.25)
    trade = np.where(rng.random(total) < 0.7, rng.lognormal(np.log(4000), 0.8, total), 0)
    costs = trade * rng.uniform(0.2, 0.45, total)
    dividend = rng.choice((200.0, 300.0, 500.0, 600.0), village.max() + 1)[village]
    land, old = np.round(rng.gamma(4, 1.2, total), 1), rng.binomial(2, 0.35, total)
    return {
        "工资性收入": np.where(plant, PLANT, wages),
        "生产经营性收入": np.where(plant & (rng.random(total) < 0.7), 0, written(rng, habit, village, trade)),
        "生产经营性支出": np.where(plant, 0, written(rng, habit, village, costs)),
        "财产性收入": np.where(plant, PLANT_DIVIDEND, np.where(rng.random(total) < 0.6, dividend, 0)),
        "转移性收入": np.round(1236.0 * old + 84.0 * land, 1),
        "低保金": np.zeros(total),
        "耕地面积": land,
        "住房面积": np.rint(rng.normal(25, 6, total).clip(10) * size / 5) * 5,
    }


def _year_before(
    rng: np.random.Generator, village: np.ndarray, habit: np.ndarray, account: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    before = {name: values.copy() for name, values in account.items()}
    kept = rng.random(len(village)) < 1 / 12
    for name in ("工资性收入", "生产经营性收入", "生产经营性支出"):
        grown = written(rng, habit, village, account[name] / np.exp(rng.normal(0.06, 0.22, len(village))))
        before[name] = np.where(kept, account[name], grown)
    before["工资性收入"][account["工资性收入"] == PLANT] = PLANT / RAISE
    return before


def _add_up(year: dict[str, np.ndarray], size: np.ndarray) -> None:
    net = (
        year["工资性收入"]
        + year["生产经营性收入"]
        + year["财产性收入"]
        + year["转移性收入"]
        - year["生产经营性支出"]
    )
    short = np.maximum(LINE * size - net, 0)
    year["低保金"] = np.ceil(short / 12) * 12
    year["转移性收入"] = year["转移性收入"] + year["低保金"]
    year["纯收入"] = net + year["低保金"]
    year["人均纯收入"] = np.round(year["纯收入"] / size, 2)


def text_of(number: int) -> str:
    """A text without digits that stands for a number."""
    found = ""
    for _ in range(8):
        number, rest = divmod(number, len(_SYLLABLES))
        found += _SYLLABLES[rest]
    return found


def _calls(rng: np.random.Generator, village: np.ndarray) -> dict[str, np.ndarray]:
    total = len(village)
    helper = np.arange(total) // 5
    own_day = rng.integers(0, 60, (helper.max() + 1, _ROUNDS)) + np.arange(_ROUNDS) * 60
    common = rng.random((total, _ROUNDS)) < 1 / 3
    day = np.where(common, np.arange(_ROUNDS) * 60 + 4, own_day[helper]) + _FIRST_DAY
    phrase = rng.integers(0, 12, (total, _ROUNDS))
    own = rng.integers(1000, 10**9, (total, _ROUNDS))
    copied = rng.random((helper.max() + 1, _ROUNDS)) < 0.25
    own = np.where(copied[helper], rng.integers(1000, 10**9, (helper.max() + 1, _ROUNDS))[helper], own)
    number = np.where(rng.random((total, _ROUNDS)) < 0.5, phrase, own)
    return {
        "household": np.repeat(np.arange(total), _ROUNDS),
        "走访人": np.array([f"帮扶人{each}" for each in np.repeat(helper, _ROUNDS).tolist()], dtype=object),
        "日期": day.ravel().astype(float),
        "内容": np.array([text_of(each) for each in number.ravel().tolist()], dtype=object),
    }


def _checks(
    rng: np.random.Generator, village: np.ndarray, account: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    members = [np.flatnonzero(village == at) for at in range(1, village.max() + 1)]
    each = [rng.choice(homes, min(_CHECKED, len(homes)), replace=False) for homes in members]
    homes = np.concatenate(each)
    off = rng.beta(3, 40, village.max() + 1)[village[homes]]
    checks = {
        "household": homes,
        "核查人": np.array([f"核查人{at}" for at in rng.integers(0, 10, len(homes)).tolist()], dtype=object),
        "核查日期": _FIRST_DAY + 300.0 + village[homes] + rng.integers(0, 3, len(homes)),
        "备注": np.full(len(homes), None, dtype=object),
    }
    for name in ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "人均纯收入"):
        checks[name] = np.where(
            rng.random(len(homes)) < off, account[name][homes] * 1.5 + 500, account[name][homes]
        )
    return checks


def _payments(rng: np.random.Generator, villages: int) -> dict[str, np.ndarray]:
    place = np.repeat(np.arange(1, villages + 1), _PAYMENTS)
    amount = np.round(rng.lognormal(np.log(900), 1.7, len(place)), 2)
    return {"place": place, "金额": np.where(rng.random(len(place)) < 0.1, 800.0, amount)}


def just_above(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-01: incomes a head of 4,000 to 4,060."""
    rows, account = _some(county, village, share, rng), county.account
    size = account["家庭人口"][rows]
    head = np.rint(rng.uniform(LINE, LINE + 60, len(rows)))
    for name in ("财产性收入", "转移性收入", "低保金", "生产经营性支出", "生产经营性收入"):
        account[name][rows] = 0
    account["工资性收入"][rows] = account["纯收入"][rows] = head * size
    account["人均纯收入"][rows] = head


def one_vector(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-03: one household's incomes given to others."""
    rows = _some(county, village, share, rng)
    figures = {"工资性收入": 8640.0, "生产经营性收入": 5270.0, "财产性收入": 300.0, "转移性收入": 1740.0}
    for name, value in {**figures, "生产经营性支出": 1390.0, "低保金": 0.0, "纯收入": 14560.0}.items():
        county.account[name][rows] = value
    county.account["人均纯收入"][rows] = np.round(14560.0 / county.account["家庭人口"][rows], 2)


def times_one_factor(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-04: last year's parts times 1.08."""
    rows, account, before = _some(county, village, share, rng), county.account, county.before
    for name in ("工资性收入", "生产经营性收入", "生产经营性支出", "财产性收入"):
        account[name][rows] = np.rint(before[name][rows] * 1.08)
    account["纯收入"][rows] = (
        account["工资性收入"][rows]
        + account["生产经营性收入"][rows]
        + account["财产性收入"][rows]
        + account["转移性收入"][rows]
        - account["生产经营性支出"][rows]
    )
    account["人均纯收入"][rows] = np.round(account["纯收入"][rows] / account["家庭人口"][rows], 2)


def all_round(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-02: figures invented to the hundred."""
    rows = _some(county, village, share, rng)
    for name in ("工资性收入", "生产经营性收入", "生产经营性支出"):
        county.account[name][rows] = np.rint(county.account[name][rows] / 100) * 100


def two_days(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-05 and SCR-10: visits written down on two days, in the same words."""
    rows = np.flatnonzero(county.village[county.calls["household"]] == village)
    rows = rows[rng.random(len(rows)) < share]
    county.calls["日期"][rows] = _FIRST_DAY + np.where(rng.random(len(rows)) < 0.5, 340.0, 341.0)
    county.calls["内容"][rows] = "了解家庭收入和就业情况宣传帮扶政策"


def alike_changes(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-09: last year's parts times a factor that hardly differs from house to house."""
    rows, account, before = _some(county, village, share, rng), county.account, county.before
    factor = rng.normal(1.06, 0.02, len(rows))
    for name in ("工资性收入", "生产经营性收入", "生产经营性支出"):
        account[name][rows] = np.rint(before[name][rows] * factor)


def twin_households(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-07: households copied whole, one figure changed."""
    rows = _some(county, village, share, rng)
    first = next(row for row in np.flatnonzero(county.village == village) if len(county.born[row]) > 1)
    for name in county.account:
        county.account[name][rows] = county.account[name][first]
    county.account["工资性收入"][rows] = county.account["工资性收入"][first] + 10 * rng.integers(
        1, 9, len(rows)
    )
    county.account["生产经营性收入"][rows] = county.account["生产经营性收入"][first] = 3170.0
    county.account["生产经营性支出"][rows] = county.account["生产经营性支出"][first] = 840.0
    for row in rows.tolist():
        county.born[row] = county.born[first]


def nothing_found(county: County, checker: int, share: float, rng: np.random.Generator) -> None:
    """SCR-06: a checker who did not go, and wrote down what the system says."""
    mine = np.flatnonzero(county.checks["核查人"] == f"核查人{checker}")
    mine = mine[rng.random(len(mine)) < share]
    for name in ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "人均纯收入"):
        county.checks[name][mine] = county.account[name][county.checks["household"][mine]]


def even_first_digits(county: County, village: int, share: float, rng: np.random.Generator) -> None:
    """SCR-08: amounts invented with every first digit as often."""
    rows = np.flatnonzero(county.payments["place"] == village)
    rows = rows[rng.random(len(rows)) < share]
    county.payments["金额"][rows] = np.round(
        rng.uniform(1, 10, len(rows)) * 10.0 ** rng.integers(1, 4, len(rows)), 2
    )


def _some(county: County, village: int, share: float, rng: np.random.Generator) -> np.ndarray:
    """That share of the village's households."""
    rows = np.flatnonzero(county.village == village)
    return np.sort(rng.permutation(rows)[: round(share * len(rows))])


def frames_of(county: County) -> Frames:
    """What the screens look at."""
    villages = county.villages
    places = [Place(), *(Place("清河县", f"第{at // 10 + 1}镇", f"{at}村") for at in range(1, villages + 1))]
    total = len(county.village)
    homes = np.arange(total)
    joined = {name: np.concatenate([county.account[name], county.before[name]]) for name in county.before}
    joined["年度"] = np.repeat([float(YEAR), YEAR - 1.0], total)
    persons = np.repeat(homes, [len(each) for each in county.born])
    years = [year for each in county.born for year in each]
    numbers = np.array([f"990101{year}01010000" for year in years], dtype=object)
    calls, checks, pay = county.calls, county.checks, county.payments
    books = {
        "户": Book({"家庭人口": county.account["家庭人口"]}, county.village, homes),
        "户年度": Book(joined, np.tile(county.village, 2), np.tile(homes, 2)),
        "人口": Book({"证件号码": numbers}, county.village[persons], persons),
        "走访记录": Book(_columns(calls), county.village[calls["household"]], calls["household"]),
        "入户核查": Book(_columns(checks), county.village[checks["household"]], checks["household"]),
        "明细账": Book(_columns(pay), pay["place"], np.full(len(pay["place"]), -1)),
    }
    line = {"贫困线": LINE}

    def lines(name: str, year: int) -> np.ndarray:
        return np.full(villages + 1, line.get(name, np.nan) if year == YEAR else np.nan)

    return Frames(books, places, YEAR, lines, "未交付台账“{}”".format)


def _columns(table: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: values for name, values in table.items() if name not in ("household", "place")}
