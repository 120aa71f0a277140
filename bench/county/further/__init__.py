"""Ledgers beside those of the first samples: one module a family, all of them delivered by the drops of the exam.

To add a ledger: write a module in one of these rooms with a `Family` (see `family.py`; `departments/registers.py` is an
example) whose `add`
makes rows that agree with everything the village already has, and list it in `families.FAMILIES`. Rows are
`Record(ledger, {field: value})`; every field that a rule needs must be there, also when it is None. A family may
read what families before it in the list have made. `villages/promises.py` tells what only some places demand;
`villages/other_years.py` moves a county to another year.

To add a fault: write it in `county/faults/<family>.py` with `drops=EXAM_2020` (households and programmes) or
`drops=EXAM_2021` (persons and departments), list the module in `county/faults/all_faults.py`, run
`python bench/make_samples.py`, and see `tests/test_exam.py`: the clean counties must stay silent, the exam must be
found exactly; what a fault unavoidably breaks besides is listed with it. Targets are `台账.字段`; `台账#2.字段` is
the household's second row, `台账#外.字段` the last row of somebody in no household; ledgers without a household are
found in the village, then in the county. A finding's third word says whom it names: `person` (default),
`household`, `sheet` (nobody), `stranger` (a person in no household). Income is changed by `planting/earnings.py`, so that
every paper of the household follows. Parameters that no pack gives the exam's place stand in
`samples/project_file.py`.

Ledgers and rules the exam lacks are listed, with the reason, in `tests/test_exam.py`.
"""
