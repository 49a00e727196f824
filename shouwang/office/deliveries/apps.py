from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "shouwang.office.deliveries"
    label = "deliveries"
