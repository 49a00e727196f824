"""The sheet that hangs in the village: a value that has no place for an id, a phone, an account or an illness."""

from dataclasses import asdict, dataclass
from datetime import date

from shouwang.office.casework.clocks import Days, last_day_of_notice
from shouwang.office.casework.models import Case, Procedure
from shouwang.office.privacy.masking import mask_name
from shouwang.office.web.levels import level_word
from shouwang.office.web.places import place
from shouwang.terms.level import Level


@dataclass(frozen=True)
class Sheet:
    """Everything the sheet says. Reasons are left out on purpose: they may tell of an illness."""

    procedure: str
    head: str
    village: str
    people: int
    level: str
    posted_on: str
    last_day: str
    objections_to: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def sheet_of(case: Case, *, on: date, days: Days, objections_to: str) -> Sheet:
    """The sheet for a case whose notice is posted on a day; the head's name is masked."""
    is_inclusion = case.procedure == Procedure.INCLUSION
    return Sheet(
        procedure=case.procedure,
        head=mask_name(case.household.head_name),
        village=place(case.area_code),
        people=case.household.member_count,
        level=level_in_words(case.proposed_level if is_inclusion else case.confirmed_level),
        posted_on=on.isoformat(),
        last_day=last_day_of_notice(on, days=days).isoformat(),
        objections_to=objections_to.strip(),
    )


def level_in_words(number: int | None) -> str:
    """`Ⅲ 突发风险`; empty where there is none."""
    return f"{Level(number).numeral} {level_word(number)}" if number else ""
