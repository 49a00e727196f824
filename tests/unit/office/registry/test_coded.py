"""Words of the code tables are kept as they are written and told in the reader's language."""

from django.utils.translation import override

from shouwang.office.casework.forms.life_events import RELATIONS
from shouwang.office.registry.coded import coded


def test_words_of_a_table_are_told_in_english() -> None:
    assert coded("配偶", "relation") == "配偶"
    with override("en"):
        assert coded("配偶", "relation") == "spouse"
        assert coded("户主", "relation") == "head"
        assert coded("长期慢性病,残疾", "health") == "chronically ill, disabled"
        assert coded("", "labour") == ""


def test_what_is_no_word_of_the_table_stays() -> None:
    with override("en"):
        assert coded("远房亲戚", "relation") == "远房亲戚"


def test_every_relation_on_offer_has_its_english() -> None:
    with override("en"):
        assert [word for word in RELATIONS if coded(word, "relation") == word] == []
