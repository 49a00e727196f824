from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "shouwang.office.audit"
    label = "audit"
