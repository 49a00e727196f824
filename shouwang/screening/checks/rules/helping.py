"""Who helps whom."""

from shouwang.screening.checks.rule import Severity, home_rule
from shouwang.screening.checks.rules.keys import ON_REGISTER

RULES = (
    home_rule(
        "no-helper",
        Severity.WARNING,
        zh="建档立卡户没有帮扶责任人",
        en="A registered household that nobody is assigned to help",
        cure="安排帮扶责任人并录入",
        source="§4.6 [C4] 无帮扶人",
        broken=lambda h, f: h.register.isin(ON_REGISTER) & ~h.helper_written,
    ),
    home_rule(
        "helper-registered",
        Severity.ERROR,
        zh="帮扶责任人自己是建档立卡人口",
        en="The helper is himself a member of a registered household",
        cure="核实号码；确实如此的，另行安排帮扶责任人",
        source="§4.6 [C4] 帮扶人是贫困人口",
        broken=lambda h, f: h.helper_registered,
    ),
)
