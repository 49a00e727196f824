"""Labels always read; a bare number only where its table is named."""

import pytest

from shouwang.screening.datasets import code_tables
from shouwang.screening.datasets.code_tables import in_english, load, read_label, read_labels, written
from shouwang.screening.datasets.code_tables.table import made
from shouwang.terms.errors import ProgrammingError

TABLES = (
    "cause", "education", "ethnic", "health", "household_attribute", "id_type", "in_school", "labour", "monitor_type",
    "political", "poverty_status", "relation", "risk", "sex", "yes_no",
)  # fmt: skip


def test_all_tables_of_the_domain_are_there() -> None:
    assert code_tables.names() == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_table_reads_its_own_words_and_every_code_by_its_version(name: str) -> None:
    table = load(name)
    assert [read_label(table, word) for word in table.words] == list(table.words)
    for version in table.versions.values():
        read = {code: read_label(table, code, version=version.name) for code in version.codes}
        assert read == dict(version.codes)
        assert version.source


@pytest.mark.parametrize("name", TABLES)
def test_bare_code_without_a_version_is_unknown(name: str) -> None:
    table = load(name)
    codes = {code for version in table.versions.values() for code in version.codes}
    assert {code: read_label(table, code) for code in codes} == dict.fromkeys(codes)


def test_same_number_means_another_people_in_another_table() -> None:
    ethnic = load("ethnic")
    read = {v: [read_label(ethnic, code, version=v) for code in ("07", "08", "8", "2")] for v in ethnic.versions}
    assert read == {"gb-3304": ["彝族", "壮族", "壮族", "蒙古族"], "jdlk-form": ["苗族", "彝族", "彝族", "满族"]}


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("ethnic", " 彝 族 ", "彝族"),
        ("ethnic", "傈僳", "傈僳族"),
        ("ethnic", "納西族", "纳西族"),
        ("ethnic", "满\u200b族", "满族"),
        ("ethnic", "07彝族", "彝族"),
        ("ethnic", "07-彝族", "彝族"),
        ("ethnic", "（07）彝族", "彝族"),
        ("ethnic", "外星人", None),
        ("ethnic", "", None),
        ("ethnic", None, None),
        ("ethnic", "（）", None),
        ("relation", "长子", "之子"),
        ("relation", "户主（本人）", "本人或户主"),
        ("labour", "散失劳动力", "丧失劳动力"),
        ("labour", "弱劳动力／半劳动力", "弱劳动力或半劳动力"),
        ("education", "文盲（半文盲）", "文盲或半文盲"),
        ("yes_no", "Ｙ", "是"),
        ("yes_no", "TRUE", "是"),
        ("yes_no", "√", "是"),
        ("yes_no", "沒有", "否"),
        ("yes_no", "×", "否"),
        ("monitor_type", "边缘户", "边缘易致贫户"),
    ],
)
def test_label_in_any_spelling(name: str, text: str | None, word: str | None) -> None:
    assert read_label(load(name), text) == word


def test_label_beside_a_number_that_contradicts_it_is_unknown() -> None:
    ethnic = load("ethnic")
    assert read_label(ethnic, "07彝族", version="gb-3304") == "彝族"
    assert read_label(ethnic, "07彝族", version="jdlk-form") is None


def test_set_reads_alike_in_either_order() -> None:
    health = load("health")
    assert read_labels(health, "残疾,长期慢性病") == read_labels(health, "长期慢性病、残疾") == ("长期慢性病", "残疾")
    assert read_labels(health, "04,02", version="jdlk-form") == ("长期慢性病", "残疾")
    assert read_labels(health, "健康") == ("健康",)
    assert read_labels(health, "残疾,不知道什么") is None
    assert read_labels(health, " ") is None


def test_a_word_with_a_slash_in_it_is_no_set() -> None:
    assert read_labels(load("labour"), "弱/半劳动力") == ("弱劳动力或半劳动力",)


def test_way_a_cell_is_kept() -> None:
    assert written(load("health"), "慢病和残疾人") == "长期慢性病,残疾"
    assert written(load("health"), "02") is None
    assert written(load("sex"), "男性") == "男"


def test_version_or_table_nobody_declared() -> None:
    with pytest.raises(ProgrammingError, match=r"代码表 sex 没有版本 gb-1 → 有：gb-2261、jdlk-form"):
        read_label(load("sex"), "1", version="gb-1")
    with pytest.raises(ProgrammingError, match=r"没有代码表 colour"):
        load("colour")


def test_table_at_odds_with_itself() -> None:
    with pytest.raises(ProgrammingError, match=r"“彝”属于两个词"):
        made("odd", {"zh": "民族", "labels": {"彝族": ["彝"], "壮族": ["彝"]}})
    with pytest.raises(ProgrammingError, match=r"表外的词：苗族"):
        made(
            "odd",
            {
                "zh": "民族",
                "labels": {"彝族": []},
                "versions": {"a": {"zh": "a", "source": "b", "codes": {"1": "苗族"}}},
            },
        )
    with pytest.raises(ProgrammingError, match=r"english 与 labels 不是同样的词"):
        made("odd", {"zh": "民族", "labels": {"彝族": [], "壮族": []}, "english": {"彝族": "Yi"}})


def test_english_of_a_cell() -> None:
    assert in_english(load("relation"), "丈夫") == "spouse"
    assert in_english(load("health"), "残疾,慢病") == "chronically ill, disabled"
    assert in_english(load("relation"), "远房亲戚") == "远房亲戚"
    assert in_english(load("ethnic"), "彝族") == "彝族"
