from django.urls import path

from shouwang.office.reports.views import overviews

app_name = "reports"
urlpatterns = [
    path("", overviews.one, name="overview"),
    path("export/", overviews.export, name="export"),
]
