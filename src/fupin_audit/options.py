"""What a user may say of a run, besides packs and date; and how the report's head tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fupin_audit.delivery import Delivery
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.code_profile import with_profile
from fupin_audit.ledgers.header_meanings import HeaderMeaning, with_headers
from fupin_audit.ledgers.types.codes import CodeProfile
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.profile_file import load_profile
from fupin_audit.workbook.recognising.recognition import Designation

_UNUSED = "（本次没有用上）"


@dataclass(frozen=True)
class OnSpark:
    """Where Spark is, and what it writes itself.

    Attributes:
        master: such as `local[2]` or `spark://…`; empty where spark-submit has said it.
        findings: folder into which executors write the findings as Parquet, or its address; empty for none.
    """

    master: str = ""
    findings: str = ""


@dataclass(frozen=True)
class Working:
    """How a run works; what it finds is the same.

    Attributes:
        by_county: judge county by county, however small the delivery is.
        memory: bytes from which on a delivery is judged county by county; None for half of the machine's.
        cache: folder in which is kept what files were read as; None for none.
        spark: judge on Spark; None for this process.
    """

    by_county: bool = False
    memory: int | None = None
    cache: Path | None = None
    spark: OnSpark | None = None


@dataclass(frozen=True)
class Options:
    """What a run may change.

    Attributes:
        parameters: parameter → value; wins over the packs everywhere.
        disabled: ids of rules to leave out.
        enabled: ids of rules to run although a pack has switched them off.
        severities: rule id → severity; wins over the rule and the packs.
        max_rates: rule id → the share of its judged rows that may fail without failing the run.
        designations: sheets whose ledger is given rather than recognised.
        headers: headers whose field is given rather than recognised.
        codes: what bare codes stand for: `2018`, or a YAML file; without it they are no values (CEL-12).
        password: for encrypted workbooks.
        reveal: show ID numbers, phones and accounts in full; otherwise they are masked in every value.
        against: the files and folders of the last drop, with which this one is compared.
        working: how the run works.
    """

    parameters: Mapping[str, float | str] = field(default_factory=dict)
    disabled: Sequence[str] = ()
    enabled: Sequence[str] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    max_rates: Mapping[str, float] = field(default_factory=dict)
    designations: Sequence[Designation] = ()
    headers: Sequence[HeaderMeaning] = ()
    codes: str | Path = ""
    password: str | None = None
    reveal: bool = False
    against: Sequence[str | Path] = ()
    working: Working = Working()


@dataclass(frozen=True)
class AsRead:
    """The ledgers of a run as the user says they are to be read, and the code profile in force."""

    ledgers: tuple[type[Ledger], ...]
    profile: CodeProfile | None = None


def as_read(ledgers: Sequence[type[Ledger]], options: Options) -> AsRead:
    """Lay the user's headers and code profile over the ledgers.

    Raises:
        UsageError: no such ledger, field or code profile.
        RuleError: the file of the code profile is wrong.
    """
    named = with_headers(ledgers, options.headers)
    if not options.codes:
        return AsRead(named)
    profile = load_profile(options.codes, named)
    return AsRead(with_profile(named, profile), profile)


def refuse_rates(options: Options, rules: Collection[str]) -> None:
    """Refuses a rate for a rule there is not.

    Raises:
        UsageError: which, and the nearest there is.
    """
    for name in options.max_rates:
        if name not in rules:
            raise UsageError(f"没有规则“{name}”{nearest(name, rules)}")


def settings(options: Options, delivery: Delivery, profile: CodeProfile | None) -> Iterator[str]:
    """All that differs from the defaults, in Chinese; what fitted nothing says so."""
    yield from (f"参数 {name} = {value}" for name, value in options.parameters.items())
    yield from (f"停用规则 {rule}" for rule in sorted(options.disabled))
    yield from (f"启用规则 {rule}" for rule in sorted(options.enabled))
    yield from (f"{rule} 的级别改为{level.label}" for rule, level in sorted(options.severities.items()))
    yield from (
        f"{rule} 的不符率容许到 {rate * 100:.4g}%" for rule, rate in sorted(options.max_rates.items())
    )
    for item in options.designations:
        # One that is required fits a sheet, else nothing would have been read.
        used = item.required or any(item.means(sheet.file, sheet.sheet) for sheet in delivery.inputs)
        yield f"指定 {item}{'' if used else _UNUSED}"
    for meaning in options.headers:
        used = (meaning.ledger, meaning.header) in delivery.given_headers
        yield f"{meaning}{'' if used else _UNUSED}"
    if profile:
        yield f"代码按“{profile.name}”读（{profile.title}）"
