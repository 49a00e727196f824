"""Areas by themselves."""

import pytest

from shouwang.areas import Area, AreaCode, AreaLevel


def test_area_knows_its_level_and_short_name() -> None:
    area = Area(AreaCode("530129104"), "柯渡镇")
    assert (area.level, area.short_name) == (AreaLevel.TOWN, "柯渡")


@pytest.mark.parametrize(
    ("code", "name", "is_rural"),
    [
        ("530129104203", "某村委会", True),
        ("530129104001", "某社区居民委员会", False),
        ("530127403598", "云南省花卉示范园区虚拟生活区", None),
        ("530129104", "柯渡镇", None),
        ("530129", "寻甸回族彝族自治县", None),
    ],
)
def test_only_villages_are_marked_rural_or_not(code: str, name: str, is_rural: bool | None) -> None:
    assert Area(AreaCode(code), name).is_rural is is_rural
