"""Facts as people write them in examples, turned into stored form: 元 into fen, 是 into true, lists into sets."""

from decimal import Decimal, InvalidOperation

from shouwang.policy.vocabulary import HIGHEST, YUAN
from shouwang.policy.yaml_nodes import Plain
from shouwang.rules.vocabulary import PERHAPS_MORE, FactSpec, Kind, Stored

UNKNOWN = ("未知", "unknown")
_YES_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
_LARGEST = 10**15
"""Stored values stay far within 64 bits, sums included."""


class UnreadableError(ValueError):
    """A value that is not what its fact is written as."""

    def __init__(self, found: str, cure: str) -> None:
        super().__init__(found)
        self.found = found
        self.cure = cure


def stored(spec: FactSpec, value: Plain) -> Stored:
    """The stored form. *Unknown*: null or 未知. Errors: `UnreadableError` with the cure."""
    if value is None or value in UNKNOWN:
        return None
    if spec.kind is Kind.SET:
        return _set(spec, value)
    if isinstance(value, list):
        raise UnreadableError(f"{spec.name} 是一列值 (a list)", f"只写一个值，例如 {_sample(spec)}")
    match spec.kind:
        case Kind.NUMBER:
            return _number(spec, value)
        case Kind.YES_NO:
            return _yes_no(spec, value)
    return _label(spec, value)


def _sample(spec: FactSpec) -> str:
    match spec.kind:
        case Kind.NUMBER:
            return "24000.50" if spec.scale == YUAN else "2"
        case Kind.YES_NO:
            return "yes"
    return next(iter(spec.options))


def _number(spec: FactSpec, text: str) -> int:
    try:
        scaled = Decimal(text.replace(",", "")) * spec.scale
    except InvalidOperation:
        raise UnreadableError(f"{spec.name} 的值 {text!r} 不是数 (not a number)", f"写作 {_sample(spec)}") from None
    if not scaled.is_finite() or abs(scaled) > _LARGEST:
        raise UnreadableError(f"{spec.name} 的值 {text!r} 太大 (too large)", f"写作 {_sample(spec)}")
    if scaled != scaled.to_integral_value():
        raise UnreadableError(f"{spec.name} 的值 {text!r} 太细 (too fine)", _grain(spec))
    return _within(spec, int(scaled), text)


def _grain(spec: FactSpec) -> str:
    if spec.scale == YUAN:
        return "以元计，至多两位小数"
    return "写整数" if spec.scale == 1 else "写 0.5 的倍数"


def _within(spec: FactSpec, value: int, text: str) -> int:
    if spec.minimum is not None and value < spec.minimum:
        raise UnreadableError(f"{spec.name} 的值 {text!r} 是负数 (negative)", "写零或正数")
    highest = HIGHEST.get(spec.name)
    if highest is not None and value > highest:
        raise UnreadableError(f"{spec.name} 的值 {text!r} 超出范围 (out of range)", f"至多 {highest}")
    return value


def _yes_no(spec: FactSpec, text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise UnreadableError(f"{spec.name} 的值 {text!r} 不是“是/否” (not yes or no)", "写 yes 或 no")
    return _YES_NO[text.lower()]


def _label(spec: FactSpec, text: str) -> str:
    for label, names in spec.options.items():
        if text == label or text in names:
            return label
    raise UnreadableError(
        f"{spec.name} 没有 {text!r} 这一项 (unknown option)", f"用其中之一: {'、'.join(spec.options)}"
    )


def _set(spec: FactSpec, value: str | list[str]) -> list[str]:
    if isinstance(value, str):
        raise UnreadableError(f"{spec.name} 不是一列值 (a list was expected)", f"写作 [{_sample(spec)}],没有则写 []")
    labels = {PERHAPS_MORE if text == PERHAPS_MORE else _label(spec, text) for text in value}
    return sorted(labels)
