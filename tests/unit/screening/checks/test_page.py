"""The page of the rules says what the rules say."""

from pathlib import Path

from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.page import rules_table, written_into

PAGE = Path(__file__).parents[4] / "docs" / "checks.md"


def test_page_is_made_from_the_rules() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert written_into(text) == text, "python -m shouwang.screening.checks.page docs/checks.md"
    assert text.count(f"\n{len(RULES)}: all of") == 1


def test_row_of_a_rule_says_what_it_needs_and_from_where() -> None:
    rows = rules_table().splitlines()
    assert len(rows) == len(RULES) + 2
    start = "| `unmonitored-unsafe-house` | 脱贫户住在 C、D 级危房，而未纳入监测 | 错误 | 户 |"
    assert [row.removeprefix(start) for row in rows if row.startswith(start)] == [
        " 房屋等级、监测对象类型、户类型 | 登记册 + 名单 + `--run` 或名单 | §4.6 [C1] 应纳未纳 |"
    ]
