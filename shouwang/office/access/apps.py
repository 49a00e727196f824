from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "shouwang.office.access"
    label = "access"
