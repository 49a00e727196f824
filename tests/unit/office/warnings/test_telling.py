"""What the screening stored in Chinese is told in the reader's language; what people wrote is left alone."""

from django.template import Context, Template
from django.utils.translation import override

from shouwang.office.warnings.queries import telling

STORED = "整户无劳动力；人均参考收入 5,588.00 元/人，低于监测线 6,000.00 元/人"
ENGLISH = "no labour; reference income per person 5,588.00 yuan/person, below monitoring line 6,000.00 yuan/person"


def test_sentence_is_told_in_the_readers_language() -> None:
    assert telling.told(STORED) == STORED
    with override("en"):
        assert telling.told(STORED) == ENGLISH
        assert telling.told("待核实：迹象：贷款逾期；未知：不愁吃穿") == (
            "To verify: signs: a loan is overdue; unknown: fed and clothed"
        )


def test_what_no_policy_says_stays() -> None:
    with override("en"):
        assert telling.told("房子漏雨") == "房子漏雨"
        assert telling.told("") == ""


def test_national_types_have_names() -> None:
    assert telling.named("边缘易致贫户") == "边缘易致贫户"
    with override("en"):
        assert telling.named("边缘易致贫户") == "on the edge of poverty"
        assert telling.named("") == ""


def test_templates_tell_without_loading_anything() -> None:
    with override("en"):
        shown = Template("{{ sentence|told }} · {{ kind|named }}").render(
            Context({"sentence": STORED, "kind": "脱贫不稳定户"})
        )
    assert shown.startswith("no labour; ")
    assert "脱贫" not in shown
