"""Cases from a publication and from what people say."""

from datetime import date

import pytest
from django.urls import reverse

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import assigning, clues
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.models import Case, State, Step
from shouwang.office.warnings.models import PublishedPolicy
from shouwang.policy import load
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import OPENED, RAN, case_in, fresh, home_with, publication, warning
from tests.unit.office.factories import FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, actor, client_of

pytestmark = pytest.mark.django_db
SICK = clues.Declared("declaration", "妻子住院，花了两万元", "spoken")


@pytest.fixture
def analyst():
    return actor("analyst", "5301")


def test_clue_of_a_warning(analyst) -> None:
    home = home_with()
    of = publication()
    warning(home, of=of, level=3, rules=["sudden-hardship"], national_type="脱贫不稳定户")
    assert clues.open_all(of, by=analyst, on=OPENED) == clues.Opened(opened=1, joined=0)
    case = Case.objects.get()
    assert (case.household_id, case.area_code, case.state, case.origin) == (home.pk, VILLAGE, "clue", "screening")
    assert (case.suspected_level, case.confirmed_level, case.rules) == (3, None, ["sudden-hardship"])
    assert (case.next_due_on, case.holder_role, case.total_due_on) == (
        date(2020, 6, 23),
        "township",
        date(2020, 7, 7),
    )
    assert list(Step.objects.values_list("action", "to_state")) == [("open", "clue")]
    event = Event.objects.get(subject_kind="cases")
    assert (event.after, event.run) == ({"opened": 1, "joined": 0, "rechecks": 0}, of.run_digest)


@pytest.mark.parametrize(
    "values", [{"level": None}, {"state": "answered", "answered_on": OPENED}, {"state": "joined"}, {"state": "note"}]
)
def test_warning_that_is_no_clue_opens_nothing(analyst, values) -> None:
    of = publication()
    warning(home_with(), of=of, **values)
    assert clues.open_all(of, by=analyst, on=OPENED) == clues.Opened()


def test_worse_warning_joins_the_open_case(analyst) -> None:
    home = home_with()
    case = case_in(State.VISITED, home=home, suspected_level=4, rules=["below-line"])
    of = publication()
    row = warning(home, of=of, level=3, rules=["sudden-hardship", "below-line"], sentence="支出大。")
    assert clues.open_all(of, by=analyst, on=RAN) == clues.Opened(opened=0, joined=1)
    joined = fresh(case)
    assert (joined.state, joined.suspected_level, joined.sentence) == ("visited", 3, "支出大。")
    assert joined.rules == ["below-line", "sudden-hardship"]
    assert Step.objects.get(action="join").reason == "筛查：疑似由 Ⅳ 变为 Ⅲ"
    row.refresh_from_db()
    assert row.state == "joined"


@pytest.mark.parametrize(
    ("level", "said"),
    [(4, "筛查：疑似 Ⅳ，比 Ⅲ 轻；级别不因此降低"), (None, "筛查：不再预警，案卷照旧办理"), (3, "筛查：疑似仍为 Ⅲ")],
)
def test_better_warning_is_a_note_and_lowers_nothing(analyst, level, said) -> None:
    home = home_with()
    case = case_in(State.VISITED, home=home, suspected_level=3)
    of = publication()
    warning(home, of=of, level=level)
    clues.open_all(of, by=analyst, on=RAN)
    assert (fresh(case).suspected_level, Step.objects.get(action="join").reason) == (3, said)


def test_steps_and_sights_say_which_run_and_policy_the_reasons_are_of(analyst) -> None:
    """Of the warning whose sentence is told: a less severe one that joins later is only a note."""
    home, first, later = home_with(), publication(), publication(on=RAN)
    PublishedPolicy.objects.update(frozen=load("kunming-2020").frozen())
    warning(home, of=first, level=2)
    clues.open_all(first, by=analyst, on=OPENED)
    warning(home, of=later, level=4, fingerprint="4")
    clues.open_all(later, by=analyst, on=RAN)
    case = Case.objects.get()
    assigning.assign(case.pk, village="李驻村", township="赵乡镇", by=actor("township", TANGDAN), on=RAN)
    client_of("village", VILLAGE).get(reverse("cases:one", args=[case.pk]))
    client_of("village", VILLAGE).get(reverse("household", args=[home.pk]))
    events = Event.objects.filter(household_id=home.pk).order_by("id").values_list("verb", "run", "policy")
    assert list(events) == [
        ("changed", first.run_digest, "kunming-2020-1"),
        ("seen", first.run_digest, "kunming-2020-1"),
        ("seen", later.run_digest, "kunming-2020-1"),
    ]


def test_clue_after_a_closed_case_is_a_re_entry(analyst) -> None:
    home = home_with()
    case_in(State.CLOSED, home=home)
    removed = case_in(State.REMOVED, home=home)
    of = publication()
    warning(home, of=of)
    clues.open_all(of, by=analyst, on=RAN)
    assert Case.objects.get(closed_on=None).previous == removed


@pytest.mark.parametrize("areas", [(VILLAGE,), (VILLAGE, OTHER_VILLAGE, VILLAGE)])
def test_open_all_takes_the_same_queries_for_more(analyst, django_assert_num_queries, areas) -> None:
    of = publication()
    for area in areas:
        warning(home_with(area), of=of)
    home = home_with()
    case_in(State.VISITED, home=home)
    warning(home, of=of)
    with django_assert_num_queries(12):
        clues.open_all(of, by=analyst, on=RAN)


def test_declared_clue_has_a_receipt_number() -> None:
    home = home_with()
    case = clues.open_declared(home.pk, SICK, by=actor("village", VILLAGE), on=OPENED)
    assert (case.receipt_number, case.origin, case.state) == (f"SB20200622-{case.pk:06d}", "declaration", "clue")
    assert (case.declared, case.declared_how) == ("妻子住院，花了两万元", "spoken")


def test_declared_clue_joins_the_open_case() -> None:
    home = home_with()
    open_case = case_in(State.VISITED, home=home)
    case = clues.open_declared(home.pk, SICK, by=actor("village", VILLAGE), on=RAN)
    assert (case, case.receipt_number) == (open_case, f"SB20200705-{case.pk:06d}")
    assert Step.objects.get().reason == "妻子住院，花了两万元"


def test_declared_clue_twice_with_one_form_is_one() -> None:
    home, by = home_with(), actor("village", VILLAGE)
    clues.open_declared(home.pk, SICK, by=by, on=RAN, sending=Sending("f-1"))
    with pytest.raises(AlreadyDoneError):
        clues.open_declared(home.pk, SICK, by=by, on=RAN, sending=Sending("f-1"))
    assert (Case.objects.count(), Step.objects.count()) == (1, 1)


@pytest.mark.parametrize("area", [OTHER_VILLAGE, FOREIGN_VILLAGE])
def test_declared_clue_of_another_village_is_refused(area) -> None:
    home = home_with(area)
    with pytest.raises(UserError) as told:
        clues.open_declared(home.pk, SICK, by=actor("village", VILLAGE), on=RAN)
    assert told.value.found == "没有这一户，已经销户，或不在您的范围内"


@pytest.mark.parametrize("declared", [clues.Declared("screening", "话"), clues.Declared("declaration", " ")])
def test_declared_clue_without_origin_or_words_is_refused(declared) -> None:
    home = home_with()
    with pytest.raises(UserError) as told:
        clues.open_declared(home.pk, declared, by=actor("village", VILLAGE), on=RAN)
    assert told.value.found == "线索没有写来源或内容"
