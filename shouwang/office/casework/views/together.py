"""One way for every table of cases: one step for all that are ticked, or for none, and what stands against it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from shouwang.office.casework.actions.batches import BatchRefusedError
from shouwang.office.casework.actions.moving import AlreadyDoneError
from shouwang.office.casework.forms.decisions import ManyForm
from shouwang.office.web.calendar import today
from shouwang.terms.errors import UserError


def together(
    request: HttpRequest, form: Any, *, act: Callable[..., object], shown: Callable[..., HttpResponse]
) -> HttpResponse:
    """What became of a form under a table. What was typed and ticked is never lost.

    `act(form, chosen, by=, on=, sending=)` does it, `shown(request, form, refused=, status=)` is the page again.
    """
    assert isinstance(form, ManyForm)
    if not form.is_valid():
        return shown(request, form, status=422)
    chosen = form.chosen()
    try:
        act(form, chosen, by=request.actor, on=today(), sending=form.sending())
    except AlreadyDoneError as error:
        messages.info(request, error.found)
        return redirect(request.path)
    except BatchRefusedError as error:
        return shown(request, form, refused=error, status=409)
    except UserError as error:
        form.add_error(None, str(error))
        return shown(request, form, status=409)
    count = len(chosen)
    messages.success(request, ngettext("已办 %(count)d 户。", "已办 %(count)d 户。", count) % {"count": count})
    return redirect(request.get_full_path())
