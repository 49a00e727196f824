from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "shouwang.office.desk"
    label = "desk"
