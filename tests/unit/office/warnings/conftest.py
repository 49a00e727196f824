"""A run to publish, and a register that knows its households."""

from pathlib import Path

import pytest
from django.core.cache import cache

from tests.unit.office import small_city


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_city.made(tmp_path_factory)


@pytest.fixture
def june(place: Path) -> Path:
    return place / "run-2020-06"


@pytest.fixture
def register(db: None, june: Path) -> None:
    small_city.registered(small_city.rows_of(june))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def city(place: Path, settings: object) -> Path:
    """The site knows the city."""
    settings.CITY = str(place / "city")  # type: ignore[attr-defined]
    return place / "city"
