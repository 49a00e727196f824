from django.apps import AppConfig


class WarningsConfig(AppConfig):
    name = "shouwang.office.warnings"
    label = "warnings"

    def ready(self) -> None:
        from shouwang.office.warnings import tasks  # noqa: F401 - makes its work known
