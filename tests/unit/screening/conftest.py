"""One city without anything unusual, and its finished run, for all tests that only need some run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.city import City
from tests.support.screened import Run, screened


@dataclass(frozen=True)
class Plain:
    """A written city, the homes in it and the run of June."""

    city: Path
    homes: City
    run: Run


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    folder = tmp_path_factory.mktemp("plain")
    homes = plain_city()
    return Plain(homes.write(folder / "city"), homes, screened(folder / "city", folder / "run"))


def plain_city() -> City:
    """A home of every level and status."""
    city = City()
    city.home(net=3_999)  # Ⅰ
    city.home(city.person(labour="丧失劳动力"), net=4_000, before=4_000)  # Ⅱ
    ill = city.home(city.person(), city.child(), net=40_000)  # Ⅲ
    city.row("medical_settlements", "2020-06", ill.head, 结算日期="2020-06-18", 个人自付="6000.00")
    city.home(net=5_999, before=5_999)  # Ⅳ
    city.home(register="registered")  # Ⅴ
    city.home(net=None, before=None, quiet=False)  # to be verified
    city.home(register="general", net=None, before=None, quiet=False)  # unassessed
    return city
