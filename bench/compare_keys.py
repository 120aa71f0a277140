"""What is planted in the samples now against what was at another commit, rule by rule.

    python bench/compare_keys.py [COMMIT]

Prints every sample and rule whose number of expected findings differs; ends with 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_KEY = "key.json"


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commit", nargs="?", default="HEAD")
    commit = parser.parse_args().commit
    was, now = _kept(commit), _present()
    lines = [
        f"{sample} {rule} {severity}: {was[sample, rule, severity]} → {now[sample, rule, severity]}"
        for sample, rule, severity in sorted(was.keys() | now.keys())
        if was[sample, rule, severity] != now[sample, rule, severity]
    ]
    print("\n".join(lines) or f"{sum(now.values())} expected findings, as many of every rule in every sample")
    sys.exit(bool(lines))


def _present() -> Counter[tuple[str, str, str]]:
    keys = sorted(_ROOT.glob(f"samples/*/{_KEY}"))
    return _counted({path.parent.name: path.read_text(encoding="utf-8") for path in keys})


def _kept(commit: str) -> Counter[tuple[str, str, str]]:
    names = _git("ls-tree", "-r", "-z", "--name-only", commit, "samples").split("\0")
    keys = [Path(name) for name in names if name.endswith(f"/{_KEY}")]
    return _counted({path.parent.name: _git("show", f"{commit}:{path.as_posix()}") for path in keys})


def _counted(keys: dict[str, str]) -> Counter[tuple[str, str, str]]:
    """(sample, rule, severity) → expected findings."""
    return Counter(
        (sample, entry["rule"], entry["severity"])
        for sample, text in keys.items()
        for entry in json.loads(text)
    )


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=_ROOT, check=True, capture_output=True)
    return done.stdout.decode("utf-8")


if __name__ == "__main__":
    main()
