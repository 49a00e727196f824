from django.apps import AppConfig


class WarningsConfig(AppConfig):
    name = "shouwang.office.warnings"
    label = "warnings"
