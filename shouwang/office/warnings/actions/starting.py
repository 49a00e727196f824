"""Starting the publication of a run in the background."""

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.warnings.actions.publishing import require_city_wide
from shouwang.office.warnings.queries import publications
from shouwang.office.warnings.queries.checking import require_not_older
from shouwang.office.warnings.queries.runs import Run
from shouwang.office.web import jobs
from shouwang.office.web.models import Job
from shouwang.terms.errors import UserError

KIND = "publish-run"


@transaction.atomic
def start_publishing(run: Run, *, digest: str, by: Actor) -> Job:
    """Start it; the same form sent twice starts it once. The work itself leaves the event.

    Errors: `UserError` where the run is not the one that was previewed, is older than the newest published, or another
    is being published.
    """
    require_city_wide(by)
    if digest != run.digest:
        raise UserError(_("这次筛查在预览之后变了"), _("重新看预览，再发布"))
    require_not_older(run, publications.newest())
    at_work = Job.objects.filter(kind=KIND, state__in=(Job.State.WAITING, Job.State.RUNNING)).first()
    if at_work is None:
        return jobs.start(KIND, by=by, run=run.folder)
    if at_work.started_by == by.user_id and at_work.arguments.get("run") == run.folder:
        return at_work
    raise UserError(_("正在发布一次筛查"), _("等它做完，再看预览"))
