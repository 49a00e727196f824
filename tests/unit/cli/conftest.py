"""One hand-written city, screened once; the command run as a person runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from shouwang.cli.main import main
from tests.support.city import City


@dataclass(frozen=True)
class Answer:
    """What a command left."""

    code: int
    out: str
    err: str


Shouwang = Callable[..., Answer]


@pytest.fixture
def shouwang(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shouwang:
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        return Answer(code, *capsys.readouterr())

    return run


@dataclass(frozen=True)
class Screened:
    """The city and its runs of May and June."""

    city: Path
    may: Path
    june: Path
    told: str
    homes: dict[str, str]
    """What is the matter → household id."""


@pytest.fixture(scope="session")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    folder = tmp_path_factory.mktemp("cli")
    city, homes = _city(folder / "city")
    may, june = folder / "may", folder / "june"
    assert main(["screen", str(city), "--as-of", "2020-05-31", "--out", str(may)]) == 0
    assert main(["screen", str(city), "--as-of", "2020-06-30", "--out", str(june), "--previous", str(may)]) == 0
    return Screened(city, may, june, (june / "summary.json").read_text(encoding="utf-8"), homes)


def _city(folder: Path) -> tuple[Path, dict[str, str]]:
    city = City()
    ill = city.home(net=40_000)
    city.row("medical_settlements", "2020-06", ill.people[0], 结算日期="2020-06-10", 个人自付="9000.00")
    city.row("vehicles", "2020-06", ill.people[0])
    stranger = city.person()
    city.row("medical_settlements", "2020-06", stranger, 结算日期="2020-06-11", 个人自付="很多")
    homes = {
        "ill": ill,
        "no labour": city.home(city.person(labour="无劳动力"), net=5_000, before=5_000),
        "poor": city.home(net=5_588, before=5_588),
        "fine": city.home(),
        "unknown": city.home(quiet=False, net=None, before=None),
        "nobody asked": city.home(register="general", net=None, before=None, quiet=False),
    }
    return city.write(folder), {name: home.household_id for name, home in homes.items()}
