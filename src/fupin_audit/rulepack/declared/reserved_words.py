"""Words of the rule language that are no fields, and that a field of the same name would hide."""

from __future__ import annotations

# Before a parameter's name: `param.贫困线`.
PARAMETER = "param"
# The column a rule with `columns` judges.
THIS_COLUMN = "该列"
# Placeholders of a sentence: the name of that column and of the ledger.
LEDGER_NAMES = ("列名", "台账")
# In `once_per` and `cite`: the fields of the ledger's key.
KEY = "键"
# The dates of the run.
CONSTANTS = ("截止日期", "审计年度")
# In `ledger`: every ledger that is a county's own.
OWN_LEDGERS = "自建台账"
# In a rule with `each`: the word the entry is written for.
EACH = "该项"
# In a rule on 待遇台账: the columns that name who holds the benefit.
HOLDER, HOLDER_ID = "该人姓名", "该人号码"
# There too: each of a county's own ledgers of assets.
OWN_REGISTER = "该资产台账"
# What the row judged is called in SQL, and, inside a statistic, the row it starts from.
THIS_ROW, OUTER_ROW = "本行", "外行"

RESERVED = frozenset(
    {PARAMETER, THIS_COLUMN, *LEDGER_NAMES, KEY, *CONSTANTS, OWN_LEDGERS, THIS_ROW, OUTER_ROW, EACH}
    | {HOLDER, HOLDER_ID, OWN_REGISTER}
)
