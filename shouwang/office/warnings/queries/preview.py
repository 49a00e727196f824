"""What publishing a run would do, by county, town and village, before anybody does it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Max
from django.utils.translation import gettext as _

from shouwang.office.access.scope import WHOLE_COUNTRY, Scope
from shouwang.office.warnings.judging import Judgement, judge
from shouwang.office.warnings.models import Publication, Suppression, Warning
from shouwang.office.warnings.queries import publications, verdicts
from shouwang.office.warnings.queries.runs import Run
from shouwang.office.warnings.queries.standing import before
from shouwang.office.web.places import children, short_place

KEPT_SECONDS = 24 * 3600
TO_VERIFY, NEWLY_TO_VERIFY, NO_LONGER, VISITS = "to_verify", "newly_to_verify", "no_longer_to_verify", "visits"
Counts = dict[str, tuple[int, int]]
"""Kind of change, level (`level-1` …) or `visits` to households and people."""


@dataclass(frozen=True)
class PlaceRow:
    """One area: households and people of every kind."""

    area_code: str
    name: str
    counts: Counts
    most_visits: int
    """Of all rows shown beside it: the whole length of its bar."""

    @property
    def share(self) -> int:
        """Of the longest bar, in hundredths."""
        return round(100 * self.counts.get(VISITS, (0, 0))[0] / self.most_visits) if self.most_visits else 0


@dataclass(frozen=True)
class Preview:
    """A run beside the newest publication, inside a scope. `last` is None before the first publication."""

    run: Run
    last: Publication | None
    published: Publication | None
    """This very run, where it is published already."""
    area: Scope
    total: Counts
    rows: tuple[PlaceRow, ...]
    notes: tuple[str, ...]
    """What somebody should know before publishing."""


def preview(scope: Scope, run: Run, *, on: date, area: str = "") -> Preview:
    """What publishing this run on a day would do in an area of the scope, and in the areas one step below it."""
    shown = scope.narrowed(area) or scope
    villages = {code: counts for code, counts in _villages(run, on=on).items() if shown.contains(code)}
    return Preview(
        run=run,
        last=publications.newest(),
        published=publications.of_digest(run.digest),
        area=shown,
        total=_sum(villages.values()),
        rows=_rows(shown, villages),
        notes=_notes(run),
    )


def _rows(shown: Scope, villages: dict[str, Counts]) -> tuple[PlaceRow, ...]:
    below = children(shown.prefix) or [(shown.prefix, short_place(shown.prefix))]
    known = {one[0] for one in below}
    length = len(below[0][0])
    others = sorted({code[:length] for code in villages} - known)
    summed = [
        (prefix, name, _sum(counts for code, counts in villages.items() if code.startswith(prefix)))
        for prefix, name in (*below, *((code, code) for code in others))
    ]
    told = [one for one in summed if one[2]]
    most = max((counts.get(VISITS, (0, 0))[0] for *_place, counts in told), default=0)
    return tuple(PlaceRow(prefix, name, counts, most) for prefix, name, counts in told)


def _sum(many: Iterable[Counts]) -> Counts:
    households: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for counts in many:
        for kind, (homes, heads) in counts.items():
            households[kind] += homes
            people[kind] += heads
    return {kind: (households[kind], people[kind]) for kind in households}


def _villages(run: Run, *, on: date) -> dict[str, Counts]:
    """Village to counts, of the whole run: worked out once, kept until something it depends on changes."""
    key = f"preview-{run.digest}-{_state(on)}"
    kept = cache.get(key)
    if kept is None:
        known = before(WHOLE_COUNTRY, on=on)
        rows = verdicts.told_of(run.path, {*known.levels, *known.unverified})
        kept = _counted(judge(rows, known))
        cache.set(key, kept, KEPT_SECONDS)
    return dict(kept)


def _state(on: date) -> str:
    """Differs whenever a preview may: another publication, suppression, answer or day."""
    last = publications.newest()
    suppressions = Suppression.objects.aggregate(newest=Max("pk"), ended=Max("ended_on"))
    answered = Warning.objects.filter(state=Warning.State.ANSWERED).count()
    return f"{last.pk if last else 0}-{suppressions['newest']}-{suppressions['ended']}-{answered}-{on}"


def _counted(judgement: Judgement) -> dict[str, Counts]:
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in judgement.warned:
        kinds = [one.change.value, one.state.value, *([f"level-{one.level}"] if one.level else [])]
        kinds += [VISITS] if one.state is Warning.State.OPEN else []
        found[one.area_code] += [(kind, one.members or 0) for kind in kinds]
    for row in judgement.to_verify:
        kinds = [TO_VERIFY] + [NEWLY_TO_VERIFY] * (row["household_id"] in judgement.newly_to_verify)
        found[row["area_code"]] += [(kind, row["members"] or 0) for kind in kinds]
    return {code: _sum({kind: (1, people)} for kind, people in told) for code, told in found.items()}


def _notes(run: Run) -> tuple[str, ...]:
    last = publications.newest()
    notes = []
    if last and last.policy.code != run.policy:
        told = _("上次发布用的政策是 %(last)s，这次是 %(now)s：级别的变化可能来自政策，而不是农户。")
        notes.append(told % {"last": last.policy.code, "now": run.policy})
    elif last and last.policy_id != run.policy_version:
        told = _("政策 %(policy)s 的版本与上次发布不同：级别的变化可能来自政策。")
        notes.append(told % {"policy": run.policy})
    if verdicts.installed_policy(run.policy, run.policy_version) is None:
        notes.append(_("这次筛查所用政策的版本与现在安装的不同：预警只能照存下的理由显示，不推算怎样会变。"))
    return tuple(notes)
