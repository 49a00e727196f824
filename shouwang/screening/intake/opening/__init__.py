"""Any delivered file → a table of text: one opener for the screening, for receiving, and for lists to compare.

    opened = open_file(path, scratch=folder)     # Opened; DataError with all faults of the file
    understood = understand(opened, …)           # intake/understanding.py: dataset, month, which column is which

Scratch must lie inside CITY: it holds what the file holds.
"""

from shouwang.screening.intake.opening.contract import LINE, Form, NoRow, Opened, Repair
from shouwang.screening.intake.opening.faults import NO_HEADER
from shouwang.screening.intake.opening.open_file import open_file

__all__ = ["LINE", "NO_HEADER", "Form", "NoRow", "Opened", "Repair", "open_file"]
