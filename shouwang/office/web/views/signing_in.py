"""Signing in and out, the second factor, choosing a role, choosing a language."""

from copy import copy

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user
from django_otp import login as otp_login
from django_otp.models import Device

from shouwang.office.access.models import User
from shouwang.office.access.queries import actor_of, assignments
from shouwang.office.access.returning import carried, safe_next
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.web.calendar import today
from shouwang.office.web.middleware import ROLE


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; a form that was being filled when the session ended comes back afterwards."""
    target, form = safe_next(request), carried(request.POST)
    if request.method == "GET":
        return render(request, "web/sign_in.html", {"next": target, "has_left": request.GET.get("left") == "yes"})
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    lock = _bare(request)
    user = authenticate(lock, username=name.strip(), password=password)
    if getattr(lock, "axes_locked_out", False):
        return locked_out(request)
    if not isinstance(user, User):
        context = {"next": target, "carried": form, "username": name, "error": _("用户名或密码不对。")}
        return render(request, "web/sign_in.html", context, status=401)
    login(request, user)
    record(Verb.SIGNED_IN, by=_first_actor(user), subject=("user", str(user.pk)))
    return _went_on(request, target, form)


def _went_on(request: HttpRequest, target: str, form: list[tuple[str, str]]) -> HttpResponse:
    """To where somebody wanted to go; with the form they were filling, to be looked at and sent once more."""
    if form:
        return render(request, "web/carried_form.html", {"target": target, "carried": form})
    return redirect(target)


def _bare(request: HttpRequest) -> HttpRequest:
    """The request as the lock is to see it, which keeps what a failed one posted: without the form that is carried."""
    bare = copy(request)
    bare.GET, bare.POST = QueryDict(), QueryDict()  # type: ignore[assignment]
    return bare


def _first_actor(user: User) -> Actor:
    roles = assignments(user, on=today())
    return actor_of(user, roles[0]) if roles else Actor(str(user.pk), user.display_name, "none", "")


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    message = _("密码错了太多次，15 分钟后再试，或请管理员解锁。")
    context = {"next": safe_next(request), "carried": carried(request.POST), "error": message}
    return render(request, "web/sign_in.html", context, status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.actor:
        record(Verb.SIGNED_OUT, by=request.actor, subject=("user", str(request.user.pk)))
    logout(request)
    answer = redirect(reverse("sign-in") + "?left=yes")  # that page drops the drafts, which not every browser clears
    answer["Clear-Site-Data"] = '"cache", "storage"'  # pages and drafts of who leaves are not for who comes next
    return answer


@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The six digits of the authenticator, for roles that need them."""
    if not isinstance(request.user, User):
        return redirect("sign-in")
    target, form = safe_next(request), carried(request.POST)
    context = {"next": target, "carried": form}
    if request.method == "POST":
        code = "".join(request.POST.get("code", "").split())
        if device := _device_of(request.user, code):
            otp_login(request, device)
            return _went_on(request, target, form)
        context["error"] = _("验证码不对或已用过，等下一个。")
    return render(request, "web/second_factor.html", context, status=401 if "error" in context else 200)


@transaction.atomic
def _device_of(user: User, code: str) -> Device | None:
    """The device these digits are of; its row is held meanwhile, so that they open only once."""
    return next((device for device in devices_for_user(user, for_verify=True) if device.verify_token(code)), None)


@require_http_methods(["GET", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """Somebody with several roles acts in one at a time."""
    if not isinstance(request.user, User):
        return redirect("sign-in")
    if request.method == "POST":
        chosen = [row for row in request.roles if str(row.pk) == request.POST.get("role")]
        if chosen:
            request.session[ROLE] = chosen[0].pk
        return redirect("/")
    rows = [(row, ROLES[row.role]) for row in request.roles]
    return render(request, "web/choose_role.html", {"rows": rows})
