"""Suspected levels of a run, and the level the county confirms."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.office.registry.actions.levels import confirm, publish_suspected
from shouwang.office.registry.models import Household
from shouwang.terms.errors import UserError
from tests.unit.office.factories import DONGCHUAN, actor, household

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 30)


def test_every_household_of_the_run_gets_what_it_says(tmp_path):
    graded, green, other = household(), household(suspected_level=2), household(suspected_level=1)
    rows = [
        {"household_id": graded.pk, "level": 3, "status": "graded", "national_type": "脱贫不稳定户"},
        {"household_id": green.pk, "level": None, "status": "unverified", "national_type": None},
        {"household_id": "nobody", "level": 1, "status": "graded", "national_type": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "verdicts.parquet")

    publish_suspected(tmp_path, as_of=JUNE, by=actor("analyst", DONGCHUAN))

    columns = ("suspected_level", "suspected_status", "national_type", "suspected_as_of")
    found = {row["pk"]: tuple(row[c] for c in columns) for row in Household.objects.values("pk", *columns)}
    assert found == {
        graded.pk: (3, "graded", "脱贫不稳定户", JUNE),
        green.pk: (None, "unverified", "", JUNE),
        other.pk: (1, "", "", None),
    }


def test_folder_without_verdicts_is_refused(tmp_path):
    with pytest.raises(UserError, match=r"没有 verdicts\.parquet"):
        publish_suspected(tmp_path, as_of=JUNE, by=actor("analyst", DONGCHUAN))


def test_confirmed_level_comes_and_goes():
    home, by = household(), actor("county-decider", DONGCHUAN)
    confirm(home, 3, on=JUNE, by=by)
    assert (Household.objects.get().confirmed_level, Household.objects.get().confirmed_on) == (3, JUNE)

    confirm(home, None, on=JUNE, by=by)
    assert (Household.objects.get().confirmed_level, Household.objects.get().confirmed_on) == (None, None)


def test_closed_household_gets_no_level():
    home = household(closed_on=JUNE, closed_as="moved")

    with pytest.raises(UserError, match="已经关闭"):
        confirm(home, 3, on=JUNE, by=actor("county-decider", DONGCHUAN))
