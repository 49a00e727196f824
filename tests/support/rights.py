"""Folders whose rights a test changes, for another user to come as far as the folder in question."""

import tempfile
from pathlib import Path


def folders_above(place: Path) -> list[Path]:
    """The folders of this test session above a place, the nearest first."""
    outside = Path(tempfile.gettempdir()).resolve()
    return [above for above in place.resolve().parents if outside in above.parents]
