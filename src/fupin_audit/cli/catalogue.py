"""The rules as commands use them: the built-in ones and the user's, checked, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fupin_audit.cli.asked import Judging, Sources
from fupin_audit.errors import UsageError

if TYPE_CHECKING:
    from fupin_audit.rulepack.packs.pack import Catalogue


def checked_catalogue(packs: Sequence[str] = ()) -> Catalogue:
    """The built-in packs and these of the user.

    Raises:
        RuleError: a rule is wrong.
    """
    from fupin_audit.rulepack.checks.checking import check
    from fupin_audit.rulepack.packs.pack_loading import load_catalogue

    catalogue = load_catalogue(packs)
    check(catalogue)
    return catalogue


def catalogue_in_force(sources: Sources) -> Catalogue:
    """Like `checked_catalogue`, with what the project file says of rules and parameters."""
    from fupin_audit.cli.project import options_of
    from fupin_audit.rulepack.checks.checking import check
    from fupin_audit.rulepack.packs.pack_loading import load_catalogue

    options = options_of(Judging(project=sources.project))
    catalogue = load_catalogue(
        sources.packs,
        fixed=options.parameters,
        disabled=options.disabled,
        enabled=options.enabled,
        severities=options.severities,
    )
    check(catalogue)
    return catalogue


def named(known: Sequence[str], names: Sequence[str], kinds: str) -> list[str]:
    """Those named one by one (KEY-05, 年龄) or by their group (KEY).

    Args:
        known: what there is.
        names: what is asked for.
        kinds: what they are, for the message.

    Raises:
        UsageError: there is none of that name.
    """
    from fupin_audit.rulepack.declared.groups import group_of
    from fupin_audit.rulepack.declared.nearest_word import nearest

    found: list[str] = []
    for name in names:
        matching = [item for item in known if name in (item, group_of(item))]
        if not matching:
            raise UsageError(f"没有{kinds}“{name}”{nearest(name, known)}")
        found += matching
    return list(dict.fromkeys(found))
