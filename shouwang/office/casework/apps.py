from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "shouwang.office.casework"
    label = "casework"
