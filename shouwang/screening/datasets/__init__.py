"""What each department's file holds: the one place that says how it is read and what a missing row means."""

from shouwang.screening.datasets.catalogue import CATALOGUE
from shouwang.screening.datasets.person_columns import PERSON_COLUMNS
from shouwang.screening.datasets.schema import Column, Dataset, Key, Kind, Reads

__all__ = ["CATALOGUE", "PERSON_COLUMNS", "Column", "Dataset", "Key", "Kind", "Reads"]
