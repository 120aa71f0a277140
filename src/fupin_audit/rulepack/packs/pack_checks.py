"""The names packs and options use: every rule in one pack, every change and value of something there is."""

from __future__ import annotations

from fupin_audit.errors import RuleError, UsageError
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.packs.pack import Catalogue, entries_of


def check_names(catalogue: Catalogue) -> None:
    """Check what can be checked without looking into expressions.

    Raises:
        RuleError: a pack redeclares a rule, changes one there is not, or gives a parameter a wrong value.
        UsageError: no such parameter or rule to set or switch off.
    """
    _check_owners(catalogue)
    _check_overrides(catalogue)
    _check_values(catalogue)
    known = [*catalogue.rules, *catalogue.indicators]
    for name in (*catalogue.disabled, *catalogue.enabled, *catalogue.severities):
        if name not in known:
            raise UsageError(f"没有规则“{name}”{nearest(name, known)}")


def _check_values(catalogue: Catalogue) -> None:
    """Every parameter's value fits its unit."""
    for pack in catalogue.packs:
        for parameter in pack.content.parameters:
            for item in parameter.values:
                if (wrong := _wrong_value(catalogue, parameter.name, item.value)) is not None:
                    origin = parameter.origin
                    raise RuleError(f"参数“{parameter.name}”：{wrong}", origin.file, origin.line("values"))
    for name, value in catalogue.fixed.items():
        if name not in catalogue.parameters:
            raise UsageError(f"没有参数“{name}”{nearest(name, catalogue.parameters)}")
        if (wrong := _wrong_value(catalogue, name, value)) is not None:
            raise UsageError(f"参数“{name}”：{wrong}")


def _check_owners(catalogue: Catalogue) -> None:
    """A rule belongs to one pack."""
    owner: dict[str, str] = {}
    for pack in catalogue.packs:
        entries: tuple[AnyRule | Indicator, ...] = (*entries_of(pack.content), *pack.content.indicators)
        for rule in entries:
            if owner.setdefault(rule.id, pack.head.id) != pack.head.id:
                message = f"规则“{rule.id}”已在规则包“{owner[rule.id]}”里；地方包只能停用它或改它的级别"
                raise RuleError(message, rule.origin.file, rule.origin.line("id"))


def _check_overrides(catalogue: Catalogue) -> None:
    """A pack changes only rules and indicators there are."""
    known = [*catalogue.rules, *catalogue.indicators]
    for pack in catalogue.packs:
        for rule in pack.head.rules:
            if rule not in known:
                near = nearest(rule, known)
                raise RuleError(f"规则包“{pack.head.id}”要改的规则“{rule}”不存在{near}")


def _wrong_value(catalogue: Catalogue, name: str, value: float | str) -> str | None:
    """What is wrong with a parameter's value; None where nothing is."""
    try:
        catalogue.parameters[name].figure(value)
    except ValueError as error:
        return str(error)
    return None
