"""The manual page of a policy, in Markdown: Chinese with English beside, the same text for the same policy."""

from collections.abc import Iterable
from inspect import cleandoc

from shouwang.rules.parameters import Parameter
from shouwang.rules.phrases import Amount, ByLabel, Phrase, Piece, Words
from shouwang.rules.policy import Policy, Rule
from shouwang.rules.sentences import rule_phrases
from shouwang.rules.tree import Derived, Node, parameters_of
from shouwang.rules.vocabulary import FactSpec, Kind
from shouwang.rules.wording import CHINESE, ENGLISH, parameter_shown, write
from shouwang.terms.level import Level

_STATUS = {"stated": "原文 stated", "reading": "解读 our reading"}
_KIND = {
    Kind.NUMBER: "数 number",
    Kind.YES_NO: "是否 yes/no",
    Kind.CATEGORY: "类别 category",
    Kind.SET: "集合 set",
}


def manual(policy: Policy) -> str:
    """The whole page."""
    parts = [
        f"# {policy.zh} {policy.en}",
        f"策略 policy `{policy.code}` · 生效日 in force {policy.in_force} · 版本 version `{policy.version}`",
        "本页由策略生成，请勿手改。This page is generated from the policy; do not edit it by hand.",
        "## 等级 Levels",
        _levels(policy),
        "## 状态 Statuses",
        _statuses(policy),
        "## 规则 Rules",
        *(_rule(rule) for rule in policy.rules),
        "## 派生事实 Derived facts",
        _table(("名称 name", "中文", "English", "单位 unit", "公式 formula"), (_derived(d) for d in policy.derived)),
        "## 风险迹象 Signs of risk",
        _table(
            ("代码 code", "中文", "English", "条件 condition"),
            ((f"`{s.code}`", s.zh, s.en, _both(s.condition)) for s in policy.signs),
        ),
        "## 国家类型 National types",
        "取第一个成立者；都不成立则为空。The first that is true; none where none is.",
        _table(
            ("类型 type", "English", "条件 condition"),
            ((t.label, t.en, _both(t.condition)) for t in policy.national_types),
        ),
        "## 参数 Parameters",
        _parameters(policy.parameters[name] for name in sorted(policy.parameters)),
        "## 事实 Facts",
        _table(
            ("名称 name", "中文", "English", "类型 kind", "单位 unit", "选项 options"),
            (_fact(spec) for spec in policy.vocabulary),
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '∣') for cell in line)} |" for line in lines)


def _both(node: Node) -> str:
    return f"{write(node, CHINESE)}<br>{write(node, ENGLISH)}"


def _levels(policy: Policy) -> str:
    rows = (
        (level.numeral, *policy.level_names.get(level, ("", "")), " ".join(policy.measures.get(level, ())))
        for level in Level
    )
    return _table(("等级 level", "中文", "English", "措施 measure"), rows)


def _statuses(policy: Policy) -> str:
    return "\n".join(
        (
            "1. **graded** 已评级: 任一规则成立，取其中最小的等级数，所有成立的规则都留作理由。"
            "Any rule true: the lowest level number, every true rule kept.",
            f"2. **graded Ⅴ**: 否则，{write(policy.green, CHINESE)}，且无一规则未知。"
            f"Else: {write(policy.green, ENGLISH)}, and no rule unknown.",
            f"3. **unverified** 待核实: 否则，{write(policy.watched, CHINESE)}，或有任一风险迹象。"
            f"Else: {write(policy.watched, ENGLISH)}, or any sign of risk.",
            "4. **unassessed** 未评估: 其余。All others.",
        )
    )


def _rule(rule: Rule) -> str:
    dates = f"自 since {rule.since}" + (f"，至 until {rule.until}" if rule.until else "")
    lines = [
        f"### {rule.level.numeral} {rule.zh} {rule.en} `{rule.code}`",
        f"{dates} · {_STATUS[rule.status]} · 来源 source: {rule.source}",
        cleandoc(rule.text),
        f"- 条件: {write(rule.when, CHINESE)}\n- Condition: {write(rule.when, ENGLISH)}",
        f"- 句式: {_pattern(rule_phrases(rule, 'zh'), '；')}\n- Sentence: {_pattern(rule_phrases(rule, 'en'), '; ')}",
        "\n".join(f"- 显示为 shown as `{v.code}` {v.zh} {v.en}: {_variant(v.condition)}" for v in rule.variants),
        _parameters(parameters_of(rule.when, *(v.condition for v in rule.variants if v.condition))),
    ]
    return "\n\n".join(line for line in lines if line)


def _variant(condition: Node | None) -> str:
    if condition is None:
        return "其余 otherwise"
    return f"{write(condition, CHINESE)} ({write(condition, ENGLISH)})"


def _pattern(phrases: Iterable[Phrase], between: str) -> str:
    """The phrases with … for each value; of these a sentence holds those that decided."""
    return between.join("".join(_piece(piece) for piece in phrase.pieces) for phrase in phrases)


def _piece(piece: Piece) -> str:
    match piece:
        case Words():
            return piece.text
        case Amount():
            return "…"
        case ByLabel():
            return "/".join(dict.fromkeys("".join(_piece(one) for one in pieces) for _, pieces in piece.pieces))
        case _:
            return f"{piece.tongue.left}{_pattern(piece.phrases, piece.tongue.semicolon)}{piece.tongue.right}"


def _parameters(parameters: Iterable[Parameter]) -> str:
    rows = [
        (
            f"`{p.name}`",
            p.zh,
            p.en,
            parameter_shown(p, "zh"),
            p.unit,
            p.since.isoformat(),
            _STATUS[p.status],
            p.source,
        )
        for p in parameters
    ]
    head = ("参数 parameter", "中文", "English", "值 value", "单位 unit", "自 since", "依据 status", "来源 source")
    return _table(head, rows) if rows else ""


def _derived(derived: Derived) -> tuple[str, ...]:
    return (f"`{derived.name}`", derived.zh, derived.en, derived.unit, _both(derived.expression))


def _fact(spec: FactSpec) -> tuple[str, ...]:
    options = "、".join(f"`{label}` {zh} {en}" for label, (zh, en) in spec.options.items())
    return (f"`{spec.name}`", spec.zh, spec.en, _KIND[spec.kind], spec.unit, options)
