"""A city that deliveries may be put into, and files departments could hand in."""

from pathlib import Path

import pytest

from tests.unit.office import small_city


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_city.made(tmp_path_factory)


@pytest.fixture
def city(place: Path, tmp_path: Path, settings: object) -> Path:
    """A copy of the city, which the site knows; uploads lie beside it."""
    settings.CITY = str(tmp_path / "place" / "city")  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return small_city.copied(place, tmp_path / "place")


@pytest.fixture
def settlements(city: Path) -> bytes:
    """The medical settlements of June, as the department wrote them."""
    return next((city / "extracts" / "medical_settlements").glob("2020-06.*")).read_bytes()
