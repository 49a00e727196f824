from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "shouwang.office.casework"
    label = "casework"

    def ready(self) -> None:
        from shouwang.office.casework import event_words, tasks  # noqa: F401  # makes the kinds of work known

        event_words.teach()
