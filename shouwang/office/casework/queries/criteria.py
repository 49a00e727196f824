"""What the removal criteria still find wanting, as the help side of the room judges them."""

from datetime import date

from shouwang.office.casework.models import Case


def missing_for_removal(case_id: int, *, on: date) -> tuple[str, ...]:
    """The criteria a case does not meet on a day, in words; empty where all are met."""
    from shouwang.office.casework.queries.removal import criteria

    case = Case.objects.select_related("household").filter(pk=case_id).first()
    return tuple(str(one.word) for one in criteria(case, on=on) if not one.is_met) if case else ()
