"""Any delivered file → a table of text: one opener for the screening, for receiving, and for lists to compare.

    opened = open_file(path, scratch=folder)     # Opened; DataError with all faults of the file
    understood = understand(opened, …)           # intake/understanding.py: dataset, month, which column is which

Scratch must lie inside CITY: it holds what the file holds.
"""

from pathlib import Path

from shouwang.screening.intake.opening.contract import LINE, Form, NoRow, Opened, Repair

__all__ = ["LINE", "Form", "NoRow", "Opened", "Repair", "open_file"]


def open_file(path: Path, *, scratch: Path) -> Opened:
    """Open a file by its content, whatever its name says: XLSX, XLS, CSV or text in any of their encodings, Parquet,
    or one of them in a zip. Errors: `DataError` with all faults of the file; `Fault.where` is the file's name.
    """
    raise NotImplementedError
