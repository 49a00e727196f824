"""What must hold before a run may be published: unchanged since the screening, of this city, not older, all known."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.registry.models import Household
from shouwang.office.warnings.models import Publication
from shouwang.office.warnings.queries import verdicts
from shouwang.office.warnings.queries.runs import Run
from shouwang.terms.errors import UserError

STRANGERS = 0.2
"""Above this share of households the register does not know, a run is of another city."""
BATCH = 900
"""Values in one condition; SQLite takes about a thousand."""


def require_not_in_future(run: Run, *, on: date) -> None:
    """One such run, published by mistake, would stand in the way of every other until its day."""
    if run.as_of > on:
        raise UserError(
            _("这次筛查的截止日 %(now)s 还没有到") % {"now": run.as_of},
            _("用今天或以前的截止日重新运行 shouwang screen"),
        )


def require_not_older(run: Run, last: Publication | None) -> None:
    if last and run.as_of < last.as_of:
        raise UserError(
            _("这次筛查的截止日 %(now)s 早于已发布的 %(last)s") % {"now": run.as_of, "last": last.as_of},
            _("发布更新的筛查；旧的留在磁盘上作为依据"),
        )


def require_this_city(run: Run, prefix: str) -> None:
    """Errors: `UserError` for households outside the area, or a sample the register mostly does not know."""
    outside = verdicts.households_outside(run.path, prefix)
    if outside:
        raise _other_city(_("这像是另一座城市的筛查：%(n)s 户不在本市") % {"n": f"{outside:,}"})
    sample = verdicts.sample_ids(run.path)
    strangers = len(unknown(sample))
    if sample and strangers > STRANGERS * len(sample):
        raise _other_city(
            _("这像是另一座城市的筛查：抽查 %(sample)s 户，登记册里没有其中 %(strangers)s 户")
            % {"sample": f"{len(sample):,}", "strangers": f"{strangers:,}"}
        )


def require_known(households: Collection[str]) -> None:
    """Everybody a run speaks of is in the register of the office, so that nobody is left out."""
    missing = len(unknown(households))
    if missing:
        raise UserError(
            _("登记册里没有这次筛查所说的 %(n)s 户") % {"n": f"{missing:,}"},
            _("先载入这次筛查所用的登记册：shouwang load CITY RUN，再发布"),
        )


def require_untouched(run: Run) -> None:
    """The verdicts on disk are those the screening wrote."""
    if verdicts.digest_of(run.path) != run.digest:
        raise UserError(
            _("%(folder)s 的结果与清单的指纹不符") % {"folder": run.folder},
            _("文件被改动过：重新运行 shouwang screen，再发布"),
        )


def unknown(households: Collection[str]) -> set[str]:
    """Those of the households that the register does not have."""
    known: set[str] = set()
    for part in _parts(sorted(households)):
        known.update(Household.objects.filter(pk__in=part).values_list("pk", flat=True))
    return set(households) - known


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _other_city(found: str) -> UserError:
    return UserError(found, _("选本市的筛查；若刚换了城市，先用 shouwang load 载入"))
