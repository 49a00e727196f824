"""The ways areas are written."""

import pytest

from shouwang.areas.code import AreaLevel
from shouwang.areas.names import folded, rural_mark, short_name, ways_to_write


@pytest.mark.parametrize(
    ("written", "one_form"),
    [
        (" 汤丹镇\n", "汤丹镇"),
        ("汤丹　镇", "汤丹镇"),
        ("第１村", "第1村"),
        ("中河(村)", "中河(村)"),
        ("中河（村）", "中河(村)"),
    ],
)
def test_folding_drops_spaces_and_width(written: str, one_form: str) -> None:
    assert folded(written) == one_form


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("云南省", AreaLevel.PROVINCE, "云南"),
        ("昆明市", AreaLevel.CITY, "昆明"),
        ("东川区", AreaLevel.COUNTY, "东川"),
        ("富民县", AreaLevel.COUNTY, "富民"),
        ("安宁市", AreaLevel.COUNTY, "安宁"),
        ("石林彝族自治县", AreaLevel.COUNTY, "石林"),
        ("寻甸回族彝族自治县", AreaLevel.COUNTY, "寻甸"),
        ("汤丹镇", AreaLevel.TOWN, "汤丹"),
        ("大可乡", AreaLevel.TOWN, "大可"),
        ("双河彝族乡", AreaLevel.TOWN, "双河"),
        ("九乡彝族回族乡", AreaLevel.TOWN, "九乡"),
        ("县街街道", AreaLevel.TOWN, "县街"),
        ("昆明阳宗海风景名胜区", AreaLevel.TOWN, "昆明阳宗海风景名胜区"),
        ("中河村委会", AreaLevel.VILLAGE, "中河"),
        ("新村村民委员会", AreaLevel.VILLAGE, "新村"),
        ("新村村村民委员会", AreaLevel.VILLAGE, "新村村"),
        ("渔村社区居民委员会", AreaLevel.VILLAGE, "渔村"),
        ("怡景社区居委会", AreaLevel.VILLAGE, "怡景"),
        ("怡景居委会", AreaLevel.VILLAGE, "怡景"),
        ("怡景社区", AreaLevel.VILLAGE, "怡景"),
        ("职教基地虚拟社区", AreaLevel.VILLAGE, "职教基地虚拟社区"),
    ],
)
def test_short_name_drops_the_ending(name: str, level: AreaLevel, short: str) -> None:
    assert short_name(name, level) == short


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("中河村委会", True),
        ("中河村民委员会", True),
        ("渔村社区居民委员会", False),
        ("怡景居委会", False),
        ("职教基地虚拟社区", False),
        ("云南省花卉示范园区虚拟生活区", None),
    ],
)
def test_rural_mark_follows_the_ending_of_the_name(name: str, mark: bool | None) -> None:
    assert rural_mark(name) is mark


@pytest.mark.parametrize(
    ("name", "level", "ways"),
    [
        ("东川区", AreaLevel.COUNTY, {"东川区", "东川"}),
        ("石林彝族自治县", AreaLevel.COUNTY, {"石林彝族自治县", "石林县", "石林"}),
        ("汤丹镇", AreaLevel.TOWN, {"汤丹镇", "汤丹"}),
        ("双河彝族乡", AreaLevel.TOWN, {"双河彝族乡", "双河乡", "双河"}),
        ("县街街道", AreaLevel.TOWN, {"县街街道办事处", "县街街道办", "县街街道", "县街"}),
        ("禄劝工业园区", AreaLevel.TOWN, {"禄劝工业园区"}),
        ("中河村委会", AreaLevel.VILLAGE, {"中河村委会", "中河村民委员会", "中河行政村", "中河村", "中河"}),
        (
            "龙洞村村民委员会",
            AreaLevel.VILLAGE,
            {f"龙洞{ending}" for ending in ("村村民委员会", "村村委会", "村行政村", "村村")}
            | {f"龙洞{ending}" for ending in ("村民委员会", "村委会", "行政村", "村", "")},
        ),
        (
            "怡景社区居委会",
            AreaLevel.VILLAGE,
            {"怡景社区居民委员会", "怡景社区居委会", "怡景居民委员会", "怡景居委会", "怡景社区", "怡景"},
        ),
        (
            "村村委会",
            AreaLevel.VILLAGE,
            {"村村民委员会", "村村委会", "村行政村", "村村", "村"} | {"村民委员会", "村委会", "行政村"},
        ),
    ],
)
def test_ways_to_write_are_exactly_these(name: str, level: AreaLevel, ways: set[str]) -> None:
    assert ways_to_write(name, level) == ways
