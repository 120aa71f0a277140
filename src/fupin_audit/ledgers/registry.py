"""All ledgers, in the order of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.models import (
    assistance,
    cards,
    education,
    employment,
    fieldwork,
    governance,
    health,
    households,
    housing,
    monitoring,
    persons,
    projects,
    registers,
    villages,
    welfare,
)

LEDGERS: tuple[type[Ledger], ...] = (
    # 系统
    households.Household,
    persons.Person,
    households.HouseholdYear,
    assistance.Helper,
    assistance.Measure,
    assistance.Relocation,
    monitoring.Monitored,
    assistance.WorkPeriod,
    villages.Village,
    assistance.Procedure,
    households.PlatformHousehold,
    persons.PlatformPerson,
    persons.EarlierPerson,
    # 档案
    cards.Card,
    cards.Handbook,
    cards.AccountLine,
    cards.IncomeSurvey,
    cards.HousingPlate,
    cards.WaterPlate,
    cards.ArchiveEntry,
    cards.Evidence,
    cards.ArchiveGrade,
    # 实地
    fieldwork.Visit,
    fieldwork.VisitPerson,
    # 部门
    registers.CivilRegister,
    health.MedicalInsurance,
    health.MedicalBill,
    health.DiseaseCare,
    education.Enrolment,
    education.Grant,
    education.Dropout,
    education.HomeTeaching,
    education.GrantLetter,
    housing.Rebuilding,
    housing.Appraisal,
    housing.WaterCertificate,
    housing.WaterWorks,
    welfare.Allowance,
    welfare.Destitute,
    welfare.EmergencyRelief,
    welfare.Disabled,
    welfare.Pension,
    employment.PublicPost,
    employment.Graduate,
    employment.MicroLoan,
    registers.PublicPayroll,
    registers.BusinessRegister,
    registers.Vehicle,
    registers.RealEstate,
    welfare.Disaster,
    welfare.SubsidyPayment,
    registers.FarmHousehold,
    registers.HousingFund,
    registers.Death,
    welfare.MedicalRelief,
    welfare.ChildWelfare,
    welfare.Veteran,
    welfare.CardAccount,
    employment.PlannedWork,
    # 项目
    projects.Project,
    projects.FundLine,
    projects.Asset,
    projects.Dividend,
    projects.Industry,
    projects.Pioneer,
    projects.CountyFunds,
    # 治理
    governance.Call,
    governance.Cadre,
    governance.SecondLook,
    governance.Issue,
    governance.Target,
    governance.VillageOfficial,
)


def ledger(title: str, ledgers: Sequence[type[Ledger]] = LEDGERS) -> type[Ledger]:
    """The ledger of that title among those of the run.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    for model in ledgers:
        if model.title == title:
            return model
    from rapidfuzz import fuzz, process  # only a wrong title needs it

    nearest = process.extractOne(title, [model.title for model in ledgers], scorer=fuzz.ratio)
    raise UsageError(f"没有台账“{title}”，最接近的是“{nearest[0]}”。全部台账见 fupin-audit ledgers list")
