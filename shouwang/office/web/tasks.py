"""Long work of the pages that belong to no subject."""

from django.urls import reverse

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actions.sealing import seal_all
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.exporting import export
from shouwang.office.audit.verbs import Verb
from shouwang.office.web.jobs import FILE, job
from shouwang.office.web.progress import Teller
from shouwang.office.web.views.auditing import EXPORT, exported_file


@job(EXPORT)
def export_chain(*, step: Teller, by: Actor) -> str:
    """The chain as a file of the home, sealed to its end first, with who took it and when in its first line."""
    number = step.number
    record(Verb.EXPORTED, by=by, subject=("chain", str(number)))
    step("封存", None)
    seal_all()
    step("写出", None)
    path = exported_file(number)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    export(path, by=by)
    return reverse("audit:exported", args=[number]) + FILE
