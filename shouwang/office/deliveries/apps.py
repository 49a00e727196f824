from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "shouwang.office.deliveries"
    label = "deliveries"

    def ready(self) -> None:
        from shouwang.office.deliveries import tasks  # noqa: F401 - makes its work known
