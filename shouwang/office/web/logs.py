"""Log records without persons."""

import logging


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
        return True
