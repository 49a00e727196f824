"""The three families of errors. No message may hold a person's name, id number, phone or address."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, where it is, and what to do about it."""

    found: str
    cure: str
    where: str = ""
    """File, folder or row as the caller knows it, e.g. `extracts/housing/2020-06.csv 第 7 行`."""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.found} → {self.cure}"


class UserError(Exception):
    """The caller's mistake: shown as one line with its cure; exit code 2."""

    exit_code = 2

    def __init__(self, found: str, cure: str) -> None:
        super().__init__(found, cure)
        self.found = found
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.found} → {self.cure}"


class DataError(Exception):
    """The data's fault: all faults at once, nothing published; exit code 3."""

    exit_code = 3

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class ProgrammingError(Exception):
    """A mistake in our own code or policy: it stops the start, naming file and line."""
