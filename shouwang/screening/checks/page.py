"""The table of all rules in docs/checks.md, written from the rules themselves.

python -m shouwang.screening.checks.page docs/checks.md
"""

import sys
from datetime import date
from pathlib import Path

from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.fields import BY_NAME, Origin
from shouwang.screening.checks.figures import figures_of
from shouwang.screening.checks.rule import Figures, Rule
from shouwang.screening.checks.run import lacking

FIRST, LAST = "<!-- rules -->", "<!-- /rules -->"
OF_ORIGIN = {
    Origin.REGISTER: "登记册",
    Origin.LISTS: "名单",
    Origin.RUN: "`--run` 或名单",
    Origin.MEASURES: "措施表",
    Origin.EARLIER: "前两年登记册",
}
IN_FORCE = date(2020, 6, 30)


def rules_table(in_force: date = IN_FORCE) -> str:
    """One row per rule, with the figures in force on the day."""
    figures = figures_of(in_force)
    head = "| 规则 | 说的是 | 程度 | 看谁 | 用到 | 数据来自 | 出处 |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *(_row(rule, figures) for rule in RULES)])


def _row(rule: Rule, figures: Figures) -> str:
    needs = rule.needs(figures)
    origins = dict.fromkeys(BY_NAME[name].origins[0] for name in needs)
    needed = [OF_ORIGIN[one] for one in Origin if one in origins]
    cells = (f"`{rule.code}`", rule.sentence(figures), rule.severity.zh, rule.subject.zh, lacking(needs))
    return f"| {' | '.join(cells)} | {' + '.join(needed)} | {rule.source} |"


def written_into(text: str) -> str:
    """The page with its table made anew."""
    before, _, rest = text.partition(FIRST)
    return f"{before}{FIRST}\n{rules_table()}\n{LAST}{rest.partition(LAST)[2]}"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(written_into(page.read_text(encoding="utf-8")), encoding="utf-8")
