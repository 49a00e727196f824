from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "shouwang.office.web"
    label = "web"

    def ready(self) -> None:
        from shouwang.office.web import tasks  # noqa: F401  # makes its kinds of work known
        from shouwang.office.web.forms.wording import speak_plainly

        speak_plainly()
