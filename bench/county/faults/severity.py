"""How grave each rule is in the catalogue, told apart from what the tool says."""

from __future__ import annotations

_WORDS = {"E": "error", "W": "warning", "I": "info"}
_CATALOGUE = {
    "CEL": "EEWEWIIIEEWWW",
    "ID": "EEEWEEEWWWEWIW",
    "KEY": "EEEEEEEWWEEEWW",
    "HH": "WEEWIWEW",
    "STA": "EEWWWWWWWIWWWWW",
    "INC": "EEEEEEWWWWWWWWWWIWWWI",
    "EDU": "EWWWWWWWWEWWWWWWWW",
    "MED": "EWWWWWEWWWEWWWWWW",
    "HOU": "EEEWWEWWWWWEWWWWWW",
    "WAT": "EEEEWWWW",
    "SEC": "WWEWWWEWWWWWWEIWW",
    "EMP": "WEWWEWWWWWWWWIWWW",
    "IND": "WWWWWWWWEWWWW",
    "HLP": "EWWWWWWWWW",
    "PRC": "EEWEEW",
    "TGT": "WWWWEWWWEW",
    "MON": "WWWEEWWWWWWI",
    "CRD": "EEEEEEEEEWW",
    "DEP": "WWWWWE",
    "FLD": "EEEEEWWWEWW",
    "FND": "EWWEWWWWW",
    "VIL": "EWWWWWW",
    "CHG": "WEEEWI",
}
"""Family → the letters of its rules, in order from 01."""


def severity(rule: str) -> str:
    """The rule's severity in the catalogue."""
    family, _, number = rule.partition("-")
    return _WORDS[_CATALOGUE[family][int(number) - 1]]
