"""Addresses of the auditor."""

from django.urls import path

from shouwang.office.web.views import auditing

app_name = "audit"
urlpatterns = [
    path("", auditing.events, name="events"),
    path("events/<int:number>/", auditing.event, name="event"),
    path("heads/", auditing.heads, name="heads"),
    path("export/", auditing.export, name="export"),
    path("export/<int:number>/", auditing.exported, name="exported"),
]
