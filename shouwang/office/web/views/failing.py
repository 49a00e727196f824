"""Pages that say what went wrong and what to do, and nothing else."""

import sys

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shouwang.office.access.returning import comes_from_us, fields, is_ours, to_sign_in
from shouwang.terms.errors import DataError, UserError
from shouwang.terms.full_disk import is_full


def _page(request: HttpRequest, status: int, title: str, cure: str, faults: list[str] | None = None) -> HttpResponse:
    context = {"title": title, "cure": cure, "faults": faults or [], "back": _back(request)}
    return render(request, "web/failed.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """The page somebody came from, where it is one of ours."""
    before = request.headers.get("Referer", "/")
    try:
        return before if is_ours(request, before) else "/"
    except DisallowedHost:
        return "/"


def refused(request: HttpRequest, error: UserError | DataError) -> HttpResponse:
    """One of our own errors: all faults at once, each with its cure."""
    if isinstance(error, UserError):
        return _page(request, 409, error.found, error.cure)
    return _page(
        request, 422, _("数据有问题，什么都没有改"), _("改好以下各处再交一次"), [str(fault) for fault in error.faults]
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A session that could not be kept, because the database went away at the end of the request, is no fault of it."""
    if _is_away(exception):
        return _away(request)
    return _page(request, 400, _("这个请求读不懂"), _("回到上一页再试一次"))


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 413, _("一次交来的内容太大"), _("什么都没有收；照片和 PDF 每份不超过 10 MB，拍小一些或分几次交")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, _("您的角色不能打开这一页"), _("换一个角色，或请管理员分配；这次尝试已留痕"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, _("没有这一页，或不在您的范围内"), _("从上面的导航重新进入"))


def broken(request: HttpRequest) -> HttpResponse:
    """A full disk and a database that is away are told from a mistake of ours: whose they are to mend, and when."""
    error = sys.exc_info()[1]
    if is_full(error):
        return _page(request, 507, _("磁盘满了"), _("什么都没有存；请管理员腾出空间，再试一次"))
    if isinstance(error, OperationalError | InterfaceError):
        return _away(request)
    return _page(request, 500, _("程序出错，已记录"), _("什么都没有存；稍后再试，再不行请把时间告诉管理员"))


def _is_away(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, OperationalError | InterfaceError):
        error = error.__cause__ or error.__context__
    return error is not None


def _away(request: HttpRequest) -> HttpResponse:
    answer = _page(request, 503, _("数据库暂时连不上"), _("什么都没有存；过一分钟再试"))
    answer["Retry-After"] = "60"
    return answer


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: its page stood open too long, and the text comes back; or it is not ours, and
    nothing of it is offered to be sent on."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if not comes_from_us(request):
        return _page(request, 403, _("这张表不是从本站的页面交来的"), _("什么都没有存；从本站打开页面再填"))
    context = {"target": request.get_full_path(), "carried": fields(request.POST)}
    return render(request, "web/carried_form.html", context, status=403)
