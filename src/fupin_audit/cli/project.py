"""The command line laid over the project file: what is written with the command wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from fupin_audit.cli.asked import Checking, Judging, Reading
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.header_meanings import HeaderMeaning
from fupin_audit.masking import mask_text
from fupin_audit.options import Options
from fupin_audit.projectfile import OFF, ON, FoundProject
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.scorecard import Scorecard
from fupin_audit.workbook.recognising.recognition import Designation, parse_designation
from fupin_audit.workbook.recognising.roles import Role, parse_roles

Told = TypeVar("Told", AuditResult, Scorecard)
Made = TypeVar("Made")


def made_of(work: Callable[..., Made], paths: Sequence[Path], judging: Judging, *, quiet: bool) -> Made:
    """What `audit.examine` or one of its kind makes of the paths, as it is asked for, with progress bars."""
    with progress_bars(wanted=not quiet) as progress:
        return work(
            paths, packs=judging.packs, as_of=judging.day, options=options_of(judging), progress=progress
        )


def options_of_reading(reading: Reading) -> Options:
    """What reading may be told: ledgers, headers, codes, password."""
    project = _project(reading)
    return Options(
        designations=tuple(_designations(reading, project)),
        headers=tuple(
            HeaderMeaning(ledger, header, field)
            for ledger, headers in project.said.columns.items()
            for header, field in headers.items()
        ),
        codes=reading.codes or project.codes,
        password=reading.password,
    )


def options_of(judging: Judging) -> Options:
    """All a run may be told."""
    said = _project(judging).said
    said_levels = {rule: setting.severity for rule, setting in said.rules.items() if setting.severity}
    switched = {**said_levels, **dict.fromkeys(judging.disable, OFF), **dict.fromkeys(judging.enable, ON)}
    levels = [level.value for level in Severity]
    return replace(
        options_of_reading(judging),
        parameters={**said.parameters, **dict(judging.parameters)},
        disabled=tuple(rule for rule, level in switched.items() if level == OFF),
        enabled=tuple(rule for rule, level in switched.items() if level == ON),
        severities={rule: Severity(level) for rule, level in said_levels.items() if level in levels},
        max_rates={
            rule: setting.max_rate for rule, setting in said.rules.items() if setting.max_rate is not None
        },
        reveal=judging.reveal,
        working=judging.working,
        against=judging.against if isinstance(judging, Checking) else (),
    )


def with_project(result: Told, judging: Judging) -> Told:
    """The result, telling of the project file in its head."""
    project: FoundProject = _project(judging)
    if not project.name:
        return result
    dated = project.said.as_of and not judging.as_of
    return replace(
        result,
        settings=(*map(mask_text, _settings(project)), *result.settings),
        as_of_source="项目文件指定" if dated else result.as_of_source,
    )


def _project(reading: Reading) -> FoundProject:
    return reading.project or FoundProject()


def _designations(reading: Reading, project: FoundProject) -> Iterator[Designation]:
    """Those of the command; of the project file those of other sheets, which need not be there this time."""
    if reading.complete and not reading.designation:
        raise UsageError("--complete 说的是 --as 指明的名册，请写成 --as 医保参保=医保局.xlsx --complete")
    if reading.columns and len(reading.designation) != 1:
        raise UsageError(
            "--columns 说的是一张 --as 指明的表，请写成 --as 低保=文件.xlsx --columns 姓名=B,证件号码=C"
        )
    roles = parse_roles(reading.columns) if reading.columns else ()
    own = [
        replace(parse_designation(text), complete=reading.complete, roles=roles)
        for text in reading.designation
    ]
    yield from own
    taken = {(item.file, item.sheet) for item in own}
    for place, ledgers in project.said.sheets.items():
        for ledger in ledgers:
            item = parse_designation(f"{ledger}={place}", required=False)
            if (item.file, item.sheet) not in taken:
                letters = project.said.letters.get(place, {})
                yield replace(item, roles=tuple(_roles(letters)))


def _roles(letters: Mapping[str, str]) -> Iterator[Role]:
    """The columns of a sheet without a header, as the project file says."""
    for field, letter in letters.items():
        yield from parse_roles(f"{field}={letter}")


def _settings(project: FoundProject) -> Iterator[str]:
    """What the file settles besides what the audit itself tells of."""
    yield f"项目文件 {project.name}"
    if project.said.packs:
        yield f"选用规则包 {'、'.join(project.said.packs)}"
    if project.said.fail_on:
        yield f"退出码按 {project.said.fail_on}"
    yield from (f"另写报告 {name}={path}" for name, path in project.said.outputs.items())
