from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "shouwang.office.reports"
    label = "reports"
