"""Phone numbers."""

from shouwang.screening.checks.rule import Severity, home_rule

RULES = (
    home_rule(
        "phone-length",
        Severity.WARNING,
        zh="联系电话不是 {phone_digits} 位数字",
        en="The phone number has not {phone_digits} digits",
        cure="核对后改为手机号码",
        source="§4.6 [C4] 电话不是 11 位",
        broken=lambda h, f: h.phone_length != f.phone_digits,
    ),
)
