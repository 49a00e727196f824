"""Every rule from three sides: what breaks it, what nearly does, and what nobody can tell.

`breaks` are the fields that make a finding; `nearly` changes some of them so that there is none; `unknown` names the
fields that, when unknown, leave it open. A field not named is unknown throughout.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

BORN, OTHER_DAY = date(1980, 3, 1), date(1980, 3, 2)


@dataclass(frozen=True)
class Case:
    code: str
    breaks: dict[str, Any]
    nearly: tuple[dict[str, Any], ...]
    unknown: tuple[str, ...] = ()


def case(code: str, breaks: dict[str, Any], *nearly: dict[str, Any], unknown: str = "") -> Case:
    return Case(code, breaks, nearly, tuple(unknown.split()))


ON_REGISTER = {"register": "exited"}
LONG_AGO = {"monitored": True, "risk_removed": False}

CASES = (
    # ids
    case("id-missing", {"id_written": False}, {"id_written": True}, unknown="id_written"),
    case("id-length", {"id_length": 17}, *({"id_length": n} for n in (15, 18, 20, 22)), unknown="id_length"),
    case("id-old-form", {"id_length": 15}, {"id_length": 18}, unknown="id_length"),
    case(
        "id-check-digit",
        {"id_length": 18, "id_check_holds": False},
        {"id_check_holds": True},
        {"id_length": 15},
        unknown="id_length id_check_holds",
    ),
    case("id-birth", {"id_date_holds": False}, {"id_date_holds": True, "id_age": 120}, unknown="id_date_holds"),
    case("id-birth", {"id_date_holds": True, "id_age": -1}, {"id_age": 0}, unknown="id_age"),
    case("id-birth", {"id_date_holds": True, "id_age": 121}, {"id_age": 120}, unknown="id_age"),
    case(
        "id-birth-differs",
        {"id_birth_date": BORN, "birth_date": OTHER_DAY},
        {"birth_date": BORN},
        unknown="birth_date id_birth_date",
    ),
    case("id-sex-differs", {"id_sex": "男", "sex": "女"}, {"sex": "男"}, unknown="sex id_sex"),
    case("person-twice-at-home", {"times_at_home": 2}, {"times_at_home": 1}, unknown="times_at_home"),
    case("person-in-two-homes", {"homes_in_county": 2}, {"homes_in_county": 1}, unknown="homes_in_county"),
    case("person-in-two-counties", {"counties": 2}, {"counties": 1}, unknown="counties"),
    # keys
    case("name-missing", {"name_written": False}, {"name_written": True}, unknown="name_written"),
    case("ethnic-missing", {"ethnic_written": False}, {"ethnic_written": True}, unknown="ethnic_written"),
    case(
        "education-missing",
        {"at_school": False, "in_school_written": False, "age": 24, "education_written": False},
        {"age": 23},
        {"at_school": True, "in_school_written": True},
        {"education_written": True},
        unknown="at_school age",
    ),
    case(
        "education-missing",
        {"at_school": False, "in_school_written": True, "age": 6, "education_written": False},
        {"age": 5},
        {"in_school_written": False},
    ),
    case(
        "in-school-missing",
        {"age": 6, "in_school_written": False, "education_written": False},
        {"age": 5},
        {"age": 24},
        {"in_school_written": True},
        {"education_written": True},
        unknown="age",
    ),
    case("in-school-missing", {"age": 23, "in_school_written": False, "education_written": False}, {"age": 24}),
    case(
        "education-and-school",
        {"at_school": True, "education_written": True},
        {"at_school": False},
        {"education_written": False},
        unknown="at_school",
    ),
    case("health-missing", {"health_written": False}, {"health_written": True}, unknown="health_written"),
    case(
        "labour-missing",
        {"age": 16, "labour_written": False},
        {"age": 15},
        {"age": 66},
        {"labour_written": True},
        unknown="age",
    ),
    case("labour-missing", {"age": 65, "labour_written": False}, {"age": 66}),
    case(
        "disability-card-missing",
        {"is_disabled": True, "disability_card_written": False},
        {"is_disabled": False},
        {"disability_card_written": True},
        unknown="is_disabled disability_card_written",
    ),
    case(
        "cause-missing",
        {"register": "registered", "cause_written": False},
        {"register": "general"},
        {"cause_written": True},
        unknown="register cause_written",
    ),
    case(
        "electricity-missing",
        {"electricity_written": False},
        {"electricity_written": True},
        unknown="electricity_written",
    ),
    case("road-missing", {"road_written": False}, {"road_written": True}, unknown="road_written"),
    case("water-missing", {"water_written": False}, {"water_written": True}, unknown="water_written"),
    case(
        "housing-area-zero",
        {"housing_area_written": True, "housing_area": Decimal("0")},
        {"housing_area": Decimal("0.01")},
        unknown="housing_area",
    ),
    case(
        "housing-area-zero",
        {"housing_area_written": False},
        {"housing_area_written": True, "housing_area": Decimal(80)},
    ),
    # kinship
    case("empty-home", {"members": 0}, {"members": 1}, unknown="members"),
    case("no-head", {"members": 1, "has_head": False}, {"has_head": True}, {"members": 0}, unknown="has_head"),
    case("two-heads", {"heads": 2}, {"heads": 1}, unknown="heads"),
    case("two-spouses", {"spouses": 2}, {"spouses": 1}, unknown="spouses"),
    case(
        "head-spouse-same-sex",
        {"head_male": True, "spouse_male": True, "head_female": False, "spouse_female": False},
        {"spouse_male": False, "spouse_female": True},
        unknown="spouse_male",
    ),
    case(
        "head-spouse-same-sex",
        {"head_male": False, "spouse_male": False, "head_female": True, "spouse_female": True},
        {"head_female": False, "head_male": True},
    ),
    case(
        "relation-sex",
        {"relation_sex": "男", "sex": "女"},
        {"sex": "男"},
        {"relation_sex": ""},
        unknown="relation_sex sex",
    ),
    # causes
    case(
        "cause-ill-all-healthy",
        {"cause_main": "因病", "members": 2, "any_sick": False, "any_disabled": False},
        {"cause_main": "因学"},
        {"cause_main": ""},
        {"members": 0},
        {"any_sick": True},
        {"any_disabled": True},
        unknown="cause_main any_sick any_disabled",
    ),
    case(
        "cause-school-no-pupil",
        {"cause_main": "因学", "members": 2, "any_pupil": False},
        {"cause_main": "因病"},
        {"members": 0},
        {"any_pupil": True},
        unknown="cause_main any_pupil",
    ),
    case(
        "cause-disabled-none",
        {"cause_main": "因残", "members": 2, "any_disabled": False},
        {"cause_main": "因病"},
        {"members": 0},
        {"any_disabled": True},
        unknown="cause_main any_disabled",
    ),
    case(
        "cause-twice",
        {"cause_main": "缺水", "cause_others": "因病,缺水"},
        {"cause_main": "缺资金"},
        {"cause_main": ""},
        {"cause_others": ""},
        unknown="cause_main cause_others",
    ),
    # assistance
    case(
        "dibao-home-no-member",
        {"is_dibao_home": True, "any_dibao_member": False},
        {"is_dibao_home": False},
        {"any_dibao_member": True},
        unknown="is_dibao_home any_dibao_member",
    ),
    case(
        "dibao-member-no-home",
        {"is_dibao_home": False, "any_dibao_member": True},
        {"is_dibao_home": True},
        {"any_dibao_member": False},
        unknown="is_dibao_home any_dibao_member",
    ),
    case(
        "wubao-with-labour",
        {"is_wubao_home": True, "any_able_of_age": True},
        {"is_wubao_home": False},
        {"any_able_of_age": False},
        unknown="is_wubao_home any_able_of_age",
    ),
    case(
        "dibao-and-wubao",
        {"dibao_money": Decimal("0.01"), "wubao_money": Decimal("0.01")},
        {"dibao_money": Decimal(0)},
        {"wubao_money": Decimal(0)},
        unknown="dibao_money wubao_money",
    ),
    case(
        "dibao-amount-zero",
        {"is_dibao_home": True, "dibao_money": Decimal(0)},
        {"dibao_money": Decimal("0.01")},
        {"is_dibao_home": False},
        unknown="is_dibao_home dibao_money",
    ),
    case(
        "wubao-amount-zero",
        {"is_wubao_home": True, "wubao_money": Decimal(0)},
        {"wubao_money": Decimal("0.01")},
        {"is_wubao_home": False},
        unknown="is_wubao_home wubao_money",
    ),
    # labour
    case(
        "healthy-no-labour",
        {"age": 16, "is_healthy": True, "at_school": False, "can_work": False},
        {"age": 15},
        {"age": 60},
        {"is_healthy": False},
        {"at_school": True},
        {"can_work": True},
        unknown="age is_healthy at_school can_work",
    ),
    case("healthy-no-labour", {"age": 59, "is_healthy": True, "at_school": False, "can_work": False}, {"age": 60}),
    case("child-with-labour", {"age": 15, "can_work": True}, {"age": 16}, {"can_work": False}, unknown="age can_work"),
    # income
    case(
        "business-without-cost",
        {"business": 1, "business_cost": 0},
        {"business": 0},
        {"business_cost": 1},
        unknown="business business_cost",
    ),
    case(
        "income-not-positive",
        {"income_per_person": Decimal(0)},
        {"income_per_person": Decimal("0.01")},
        unknown="income_per_person",
    ),
    case(
        "income-too-high",
        {"income_per_person": Decimal("100000.01")},
        {"income_per_person": Decimal(100_000)},
        unknown="income_per_person",
    ),
    case(
        "wage-without-worker",
        {"wage": 1, "any_working": False},
        {"wage": 0},
        {"any_working": True},
        unknown="wage any_working",
    ),
    case(
        "worker-without-wage",
        {"wage": 0, "any_working": True},
        {"wage": 1},
        {"any_working": False},
        unknown="wage any_working",
    ),
    # work
    case(
        "months-worked-range",
        {"months_written": True, "months_worked": Decimal("12.01")},
        {"months_worked": Decimal(12)},
        {"months_written": False, "months_worked": None},
        unknown="months_worked",
    ),
    case(
        "months-worked-range",
        {"months_written": True, "months_worked": Decimal("-0.01")},
        {"months_worked": Decimal(0)},
    ),
    case(
        "place-without-months",
        {"work_place_written": True, "months_written": True, "months_worked": Decimal(0)},
        {"months_worked": Decimal(1)},
        {"work_place_written": False},
        unknown="work_place_written months_worked",
    ),
    case("place-without-months", {"work_place_written": True, "months_written": False}, {"work_place_written": False}),
    case(
        "months-without-place",
        {"work_place_written": False, "months_written": True, "months_worked": Decimal("0.5")},
        {"months_worked": Decimal(0)},
        {"months_written": False, "months_worked": None},
        {"work_place_written": True},
        unknown="work_place_written months_worked",
    ),
    case(
        "no-labour-but-away",
        {"can_work": False, "months_written": True, "months_worked": Decimal(1), "work_place_written": False},
        {"can_work": True},
        {"months_worked": Decimal(0)},
        {"months_written": False, "months_worked": None},
        unknown="can_work months_worked",
    ),
    case(
        "no-labour-but-away",
        {"can_work": False, "work_place_written": True},
        {"work_place_written": False, "months_written": False},
        unknown="work_place_written",
    ),
    # helping
    case(
        "no-helper",
        {"register": "exited", "helper_written": False},
        {"register": "general"},
        {"helper_written": True},
        unknown="register helper_written",
    ),
    case("helper-registered", {"helper_registered": True}, {"helper_registered": False}, unknown="helper_registered"),
    # land and housing
    case(
        "farmland-per-person",
        {"members": 2, "farmland": Decimal("100.01")},
        {"farmland": Decimal(100)},
        {"members": 0},
        unknown="members farmland",
    ),
    case(
        "woodland-per-person",
        {"members": 2, "woodland": Decimal("140.01")},
        {"woodland": Decimal(140)},
        {"members": 0},
        unknown="members woodland",
    ),
    case("road-distance", {"road_km": Decimal("50.01")}, {"road_km": Decimal(50)}, unknown="road_km"),
    # schooling
    case("senior-too-young", {"stage": "senior", "age": 14}, {"age": 15}, {"stage": "junior"}, unknown="stage age"),
    case("primary-too-old", {"stage": "primary", "age": 20}, {"age": 19}, {"stage": "junior"}, unknown="stage age"),
    case(
        "same-grade-three-years",
        {"grade": "七年级", "grade_a_year_ago": "七年级", "grade_two_years_ago": "七年级"},
        {"grade_two_years_ago": "小学"},
        {"grade_a_year_ago": "八年级"},
        {"grade": "", "grade_a_year_ago": "", "grade_two_years_ago": ""},
        unknown="grade grade_a_year_ago grade_two_years_ago",
    ),
    # phones
    case("phone-length", {"phone_length": 10}, {"phone_length": 11}, unknown="phone_length"),
    case("phone-length", {"phone_length": 12}, {"phone_length": 11}),
    # insurance
    case(
        "insurance-both",
        {"resident_insured": True, "employee_insured": True},
        {"resident_insured": False},
        {"employee_insured": False},
        unknown="resident_insured employee_insured",
    ),
    case(
        "insurance-none",
        {"resident_insured": False, "employee_insured": False},
        {"resident_insured": True},
        {"employee_insured": True},
        unknown="resident_insured employee_insured",
    ),
    # monitoring
    *(
        case(
            code,
            {"register": "exited", field: True, "monitored": False},
            {"register": "general"},
            {field: False},
            {"monitored": True},
            unknown=f"register {field} monitored",
        )
        for code, field in (
            ("unmonitored-unsafe-house", "house_unsafe"),
            ("unmonitored-unsafe-water", "water_unsafe"),
            ("unmonitored-sick-uninsured", "sick_uninsured"),
            ("unmonitored-out-of-school", "child_out_of_school"),
        )
    ),
    case(
        "no-measure",
        LONG_AGO | {"months_identified": 1, "measures": 0},
        {"months_identified": 0},
        {"measures": 1},
        {"monitored": False},
        {"risk_removed": True},
        unknown="monitored risk_removed months_identified measures",
    ),
    case(
        "no-development-measure",
        LONG_AGO | {"months_identified": 6, "development_measures": 0, "any_able": True},
        {"months_identified": 5},
        {"development_measures": 1},
        {"any_able": False},
        {"monitored": False},
        {"risk_removed": True},
        unknown="monitored risk_removed months_identified development_measures any_able",
    ),
    case(
        "only-guarantee-measures",
        {"monitored": True, "any_able": True, "guarantee_measures": 2, "measures": 2},
        {"measures": 3},
        {"guarantee_measures": 0, "measures": 0},
        {"any_able": False},
        {"monitored": False},
        unknown="monitored any_able guarantee_measures measures",
    ),
    case(
        "measure-not-started", {"measures_not_started": 1}, {"measures_not_started": 0}, unknown="measures_not_started"
    ),
    case(
        "removed-without-wage",
        {"risk_removed": True, "job_measures": 1, "wage": 0},
        {"risk_removed": False},
        {"job_measures": 0},
        {"wage": 1},
        unknown="risk_removed job_measures wage",
    ),
    *(
        case(code, {"monitored": True, field: False}, {"monitored": False}, {field: True}, unknown=f"monitored {field}")
        for code, field in (
            ("monitored-date-missing", "identified_written"),
            ("monitored-risk-missing", "risk_written"),
            ("monitored-income-missing", "income_written"),
            ("monitored-guarantees-missing", "guarantees_written"),
        )
    ),
)
