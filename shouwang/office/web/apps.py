from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "shouwang.office.web"
    label = "web"
