"""Log records without persons."""

import logging
import sys

import structlog


def one_line_each() -> None:
    """One JSON text per log line on standard error, for whatever gathers logs."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


class WithoutPersons(logging.Filter):
    """Keeps where an error happened and drops what it said: the text of a strange error may quote a row."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            places = []
            trace = error.__traceback__
            while trace:
                places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
                trace = trace.tb_next
            record.msg = f"{type(error).__name__} at {' < '.join(reversed(places[-6:]))}"
            record.args = ()
            record.exc_info = record.exc_text = None
        elif record.name.startswith(("django.request", "django.security")):
            # Not the address, nor what a browser says of itself.
            record.msg, record.args = "answered %s", (getattr(record, "status_code", ""),)
        return True
