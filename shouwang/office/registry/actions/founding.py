"""A household that comes out of another one, and the number it gets."""

from itertools import count

from shouwang.office.registry.models import Household


def new_household(like: Household) -> Household:
    """A household in the same village, of the same register. What the county confirmed for the old one holds for it,
    and what the screening said of the old one, as of that day, until it speaks of the new one by itself.

    The caller holds the old household, so that no two get one number.
    """
    return Household.objects.create(
        id=number_out_of(like),
        area_code=like.area_code,
        hamlet=like.hamlet,
        register=like.register,
        exit_year=like.exit_year,
        hukou=like.hukou,
        suspected_level=like.suspected_level,
        suspected_status=like.suspected_status,
        suspected_as_of=like.suspected_as_of,
        national_type=like.national_type,
        confirmed_level=like.confirmed_level,
        confirmed_on=like.confirmed_on,
    )


def number_out_of(household: Household) -> str:
    """The old number, and which household out of it this is: `H50236180417-1`.

    Anybody can read it out, and it looks like no number of the register.
    """
    taken = set(Household.objects.filter(pk__startswith=f"{household.pk}-").values_list("pk", flat=True))
    return next(number for n in count(1) if (number := f"{household.pk}-{n}") not in taken)
