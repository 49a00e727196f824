from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shouwang.office.registry"
    label = "registry"
