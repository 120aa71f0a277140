"""All lint checks of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fupin_audit.linting.comparisons import idle_comparisons
from fupin_audit.linting.idle_rules import idle_rules
from fupin_audit.linting.remark import Remark
from fupin_audit.linting.rule_logic import judged
from fupin_audit.linting.rule_pairs import same_or_contrary
from fupin_audit.linting.unused import idle_optionals, silent_sentences, unused
from fupin_audit.rulepack.packs.pack import Catalogue


def lint(catalogue: Catalogue, files: Sequence[str | Path] = ()) -> list[Remark]:
    """What is odd in a checked catalogue, in file order.

    Args:
        catalogue: rules, derived fields and parameters.
        files: only what these files or folders declare; all where there are none.
    """
    rules = list(judged(catalogue))
    found = list(idle_comparisons(catalogue, rules))
    found += idle_rules(rules, {(item.file, item.line) for item in found})
    found += same_or_contrary(rules)
    found += unused(catalogue)
    found += idle_optionals(catalogue)
    found += silent_sentences(catalogue)
    wanted = [item for item in dict.fromkeys(found) if not files or _within(item, files)]
    return sorted(wanted, key=lambda item: (item.file, item.line))


def _within(item: Remark, files: Sequence[str | Path]) -> bool:
    return any(Path(item.file).is_relative_to(file) for file in files)
