"""Door A: a run becomes warnings and the to-verify list, all of it or none."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.scope import WHOLE_COUNTRY
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry import bulk
from shouwang.office.warnings.judging import Judgement, judge
from shouwang.office.warnings.models import Publication, PublishedPolicy, ToVerify, Warning
from shouwang.office.warnings.queries import checking, publications, runs, verdicts
from shouwang.office.warnings.queries.runs import Run
from shouwang.office.warnings.queries.standing import Before, before
from shouwang.office.warnings.ranking import ranked
from shouwang.office.warnings.rows import TO_VERIFY_COLUMNS, WARNING_COLUMNS, to_verify_row, warning_row
from shouwang.office.web import jobs
from shouwang.terms.errors import UserError

Step = Callable[[str, float | None], None]
CITY_DIGITS = 4


@dataclass(frozen=True)
class Published:
    """What a publication did. `is_new` is false where this very run is published already: then nothing was changed."""

    publication: Publication
    is_new: bool
    clues: tuple[int, ...] = field(default=())
    """Ids of the warnings that become clues, the most urgent first."""


def _silent(word: str, share: float | None) -> None:
    pass


@transaction.atomic
def publish(run: Path, *, by: Actor, on: date, step: Step = _silent) -> Published:
    """Make warnings of a run: Ⅰ–Ⅳ new or worse become clues, the to-verify list is replaced, the rest are notes.

    Part of the caller's transaction. Errors: `UserError` where the run is no finished run, was changed since, is of
    another city, of a day that has not come, or older than the newest published; then nothing is changed.
    """
    require_city_wide(by)
    step("核对这次筛查", 0.05)
    found = runs.read(run)
    again = publications.of_digest(found.digest)
    if again:
        return Published(again, is_new=False)
    known = before(WHOLE_COUNTRY, on=on)
    checking.require_not_in_future(found, on=on)
    checking.require_not_older(found, known.publication)
    checking.require_this_city(found, by.area_code)
    checking.require_untouched(found)
    step("与上次发布比较", 0.3)
    rows = verdicts.told_of(run, {*known.levels, *known.unverified})
    checking.require_known([row["household_id"] for row in rows])
    judgement = judge(rows, known)
    step("写入预警", 0.6)
    publication = _published(found, judgement, by=by, on=on)
    _write_warnings(found, publication, judgement, known)
    step("更新待核实清单", 0.8)
    _replace_to_verify(found, publication, judgement, known)
    _record(publication, found, by)
    clues = Warning.objects.filter(publication=publication, state=Warning.State.OPEN).order_by(
        "urgency", "area_code", "id"
    )
    jobs.start("explain-warnings", by=by, publication=publication.pk)
    return Published(publication, is_new=True, clues=tuple(clues.values_list("pk", flat=True)))


def require_city_wide(by: Actor) -> None:
    """Errors: `UserError` for anybody but the city: a run is one for the whole city, and so is its publication."""
    if len(by.area_code) != CITY_DIGITS:
        raise UserError(_("发布是全市一次的事，县级不能单独发布"), _("请市级分析员发布；县级可以先看本县的预览"))


def _published(run: Run, judgement: Judgement, *, by: Actor, on: date) -> Publication:
    policy, _ = PublishedPolicy.objects.get_or_create(
        version=run.policy_version, defaults={"code": run.policy, "frozen": verdicts.frozen_policy(run.path)}
    )
    return Publication.objects.create(
        run_digest=run.digest,
        folder=run.folder,
        as_of=run.as_of,
        policy=policy,
        counts=_counts(run, judgement),
        published_on=on,
        published_by=by.user_id,
        published_by_name=by.name,
    )


def _counts(run: Run, judgement: Judgement) -> dict[str, Any]:
    return {
        "levels": run.levels,
        "changes": dict(Counter(one.change.value for one in judgement.warned)),
        "states": dict(Counter(one.state.value for one in judgement.warned)),
        "clue_people": sum(one.members or 0 for one in judgement.warned if one.state is Warning.State.OPEN),
        "to_verify": len(judgement.to_verify),
        "newly_to_verify": len(judgement.newly_to_verify),
        "no_longer_to_verify": len(judgement.no_longer_to_verify),
    }


def _record(publication: Publication, run: Run, by: Actor) -> None:
    record(
        Verb.PUBLISHED,
        by=by,
        subject=("publication", str(publication.pk)),
        area_code=by.area_code,
        after={
            "folder": run.folder,
            "as_of": str(run.as_of),
            **{k: v for k, v in publication.counts.items() if k != "levels"},
        },
        run=run.digest,
        policy=f"{run.policy} {run.policy_version}",
    )


def _write_warnings(run: Run, publication: Publication, judgement: Judgement, known: Before) -> None:
    told = verdicts.sentences(run.path)
    facts = verdicts.facts_of(run.path, [one.household_id for one in judgement.warned if one.level])
    rows = (
        warning_row(
            publication.pk,
            one,
            facts=facts.get(one.household_id, {}),
            sentence=told.get(one.household_id, ""),
            answered=known.answered.get((one.household_id, one.fingerprint)),
        )
        for one in judgement.warned
    )
    bulk.insert(Warning, WARNING_COLUMNS, rows)


def _replace_to_verify(run: Run, publication: Publication, judgement: Judgement, known: Before) -> None:
    policy = verdicts.installed_policy(run.policy, run.policy_version)
    ids = [row["household_id"] for row in judgement.to_verify]
    order = ranked(
        judgement.to_verify,
        open_rules=verdicts.open_rules(run.path, policy, ids) if policy else {},
        sentences=verdicts.sentences(run.path),
        policy=policy,
    )
    ToVerify.objects.all().delete()
    rows = (
        to_verify_row(publication.pk, one, rank=rank, level_before=known.levels.get(one.row["household_id"]))
        for rank, one in enumerate(order, start=1)
    )
    bulk.insert(ToVerify, TO_VERIFY_COLUMNS, rows)
