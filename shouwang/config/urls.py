"""Which room answers which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("shouwang.office.desk.urls")),
    path("", include("shouwang.office.web.urls")),
    path("audit/", include("shouwang.office.web.urls_audit")),
    path("registry/", include("shouwang.office.registry.urls")),
    path("deliveries/", include("shouwang.office.deliveries.urls")),
    path("warnings/", include("shouwang.office.warnings.urls")),
    path("cases/", include("shouwang.office.casework.urls")),
    path("reports/", include("shouwang.office.reports.urls")),
]
handler400 = "shouwang.office.web.views.failing.bad_request"
handler403 = "shouwang.office.web.views.failing.forbidden"
handler404 = "shouwang.office.web.views.failing.not_found"
handler500 = "shouwang.office.web.views.failing.broken"
