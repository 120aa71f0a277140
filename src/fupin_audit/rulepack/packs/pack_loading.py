"""From the files of the packs to a catalogue: the built-in ones and those a user adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from fupin_audit.digests import digest_of, digest_of_paths
from fupin_audit.errors import RuleError, UsageError
from fupin_audit.kept import kept
from fupin_audit.ledgers.base import Ledger
from fupin_audit.resources import folder
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.ledger_file import LocalCodes
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.packs.benefits import benefits_of, with_items
from fupin_audit.rulepack.packs.families import spelled_out
from fupin_audit.rulepack.packs.local_ledgers import ledgers_of_run
from fupin_audit.rulepack.packs.pack import Catalogue, Pack, ancestry
from fupin_audit.rulepack.packs.pack_checks import check_names

_HEAD = "pack.yaml"


def load_catalogue(
    extra: Sequence[str | Path] = (),
    *,
    fixed: Mapping[str, float | str] | None = None,
    disabled: Iterable[str] = (),
    enabled: Iterable[str] = (),
    severities: Mapping[str, Severity] | None = None,
) -> Catalogue:
    """The built-in packs and those the user adds.

    Args:
        extra: pack folders or single rule files of the user; or ids of built-in packs, which narrow the
            built-in packs to those and what they extend.
        fixed: parameters set for this run.
        disabled: ids of rules switched off for this run.
        enabled: ids of rules switched on for this run, whatever the packs say.
        severities: rule id → severity for this run.

    Raises:
        RuleError: a file is wrong.
        UsageError: no such pack, parameter or rule.
    """
    built_in = _built_in(folder("rules"))
    ids = {pack.head.id for pack in built_in}
    named = [str(item) for item in extra if str(item) in ids]
    added = [_load_user(Path(item)) for item in extra if str(item) not in ids]
    chosen = _narrow(built_in, named) if named else built_in
    packs, ledgers = _spelled_out(_sorted([*chosen, *added]))
    catalogue = Catalogue(
        packs, fixed or {}, frozenset(disabled), ledgers, frozenset(enabled), severities or {}
    )
    check_names(catalogue)
    return catalogue


@cache
def _built_in(rules: Path) -> tuple[Pack, ...]:
    """The packs in the program's own folder, read once: nothing changes there while it runs."""
    digest = digest_of(str(rules), digest_of_paths([rules]))[:16]
    heads = sorted(rules.glob(f"*/{_HEAD}"))
    return kept(
        f"{digest}-packs", lambda: tuple(replace(_load(path.parent), digest=digest) for path in heads)
    )


@lru_cache(maxsize=8)
def _spelled_out(packs: tuple[Pack, ...]) -> tuple[tuple[Pack, ...], tuple[type[Ledger], ...]]:
    """The packs with every family written out as rules, and the ledgers of the run."""
    ledgers = ledgers_of_run([pack.content for pack in packs])
    benefits = benefits_of([pack.content for pack in packs], ledgers)
    return tuple(
        replace(pack, content=with_items(spelled_out(pack.content, ledgers, benefits), ledgers, benefits))
        for pack in packs
    ), ledgers


def _narrow(packs: Sequence[Pack], named: list[str]) -> list[Pack]:
    by_id = {pack.head.id: pack for pack in packs}
    wanted = {item for name in named for item in ancestry(by_id[name], by_id)}
    return [pack for pack in packs if pack.head.id in wanted]


def _sorted(packs: list[Pack]) -> tuple[Pack, ...]:
    by_id = {pack.head.id: pack for pack in packs}
    if len(by_id) < len(packs):
        raise UsageError("有两个规则包用了同一个 id")
    return tuple(sorted(packs, key=lambda pack: (len(ancestry(pack, by_id)), pack.head.id)))


def _load(path: Path) -> Pack:
    head = yamlfile.read(path / _HEAD, PackHead)
    files = sorted(item for item in path.glob("**/*.yaml") if item.name != _HEAD)
    return Pack(head, _joined([yamlfile.read(item, RuleFile) for item in files]))


def _load_user(path: Path) -> Pack:
    if (path / _HEAD).is_file():
        return replace(_load(path), own=True)
    if path.is_file():
        head = PackHead(id=path.stem, title=path.name, extends="national")
        return Pack(head, yamlfile.read(path, RuleFile), own=True)
    raise UsageError(f"没有规则包“{path}”：应是内置规则包的 id、有 pack.yaml 的文件夹，或一个规则文件")


def _joined(files: list[RuleFile]) -> RuleFile:
    return RuleFile(
        rules=tuple(item for file in files for item in file.rules),
        cells=tuple(item for file in files for item in file.cells),
        reconciliations=tuple(item for file in files for item in file.reconciliations),
        screens=tuple(item for file in files for item in file.screens),
        indicators=tuple(item for file in files for item in file.indicators),
        derived=tuple(item for file in files for item in file.derived),
        parameters=tuple(item for file in files for item in file.parameters),
        ledgers=tuple(item for file in files for item in file.ledgers),
        benefits=tuple(item for file in files for item in file.benefits),
        codes=_together(files),
    )


def _together(files: list[RuleFile]) -> dict[str, LocalCodes]:
    """The code lists of a pack; one in two files would be half lost."""
    found: dict[str, LocalCodes] = {}
    for name, codes in ((name, codes) for file in files for name, codes in file.codes.items()):
        if name in found:
            origin = codes.origin
            raise RuleError(
                f"码表“{name}”已在 {found[name].origin.file}，请合在一处", origin.file, origin.line("")
            )
        found[name] = codes
    return found
