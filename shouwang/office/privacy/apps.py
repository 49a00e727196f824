from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "shouwang.office.privacy"
    label = "privacy"
