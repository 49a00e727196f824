from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "shouwang.office.reports"
    label = "reports"

    def ready(self) -> None:
        from shouwang.office.reports import tasks  # noqa: F401  its work becomes known
