"""One household explained on the terminal: the sentence first, then every value, then what would change it."""

from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console
from rich.table import Table
from rich.text import Text

from shouwang.areas import AreaCode, kunming
from shouwang.cli import levels
from shouwang.cli.tables import calm_table
from shouwang.cli.terminal import say
from shouwang.cli.words import WORDS, Words
from shouwang.rules.display import number_shown
from shouwang.rules.units import in_words, is_dimensionless
from shouwang.screening.explain import Explanation, Missing, Reason, Said, Value
from shouwang.terms.errors import UserError

INDENT = 2
NARROW = 100


def print_explanation(console: Console, told: Explanation, lang: str = "zh") -> None:
    """The whole page of one household."""
    words = WORDS[lang]
    _print_head(console, told, words)
    shown: set[str] = set()
    for reason in told.reasons:
        _print_reason(console, told, reason, shown, words)
    if told.standing:
        console.print(_values(console, told, told.standing, words))
    _print_lists(console, told, words)


def _print_head(console: Console, told: Explanation, words: Words) -> None:
    lang = words.lang
    console.print(Text.assemble((told.household_id, "bold"), f"  {_place(told.area_code)}"), soft_wrap=True)
    people = words.people.format(told.members) if told.members is not None else words.unknown
    parts = [told.register.of(lang), people, *(said.of(lang) for said in (told.national_type,) if said)]
    if told.measure:
        parts.append(f"{words.measure}{told.measure.of(lang)}")
    say(console, Text.assemble(levels.in_full(told, lang), f"  {' · '.join(parts)}"), indent=INDENT, first=0)
    policy = words.policy.format(told.as_of, told.policy, told.policy_version)
    if told.level and told.level.is_warning:
        policy += words.suspected
    say(console, Text(policy, style="dim"), indent=INDENT, first=0)
    if not told.is_policy_installed:
        say(console, Text(words.other_policy, style="bold"), indent=INDENT, first=0)
    sentence = told.sentence.of(lang) if told.sentence else _sentence_without_reason(told, words)
    say(console, Text(sentence, style="bold"), indent=INDENT)
    console.print()


def _place(code: str) -> str:
    try:
        return kunming().path(AreaCode(code))
    except UserError:
        return code


def _sentence_without_reason(told: Explanation, words: Words) -> str:
    return words.standing.get(told.status, "") if told.level is None or not told.reasons else ""


def _print_reason(console: Console, told: Explanation, reason: Reason, shown: set[str], words: Words) -> None:
    """A value that an earlier reason listed is only named again."""
    title = Text.assemble((reason.level.numeral, reason.level.colour), f" {reason.name.of(words.lang)}")
    if len(told.reasons) > 1 and reason.sentence:
        title += Text(f"{words.colon}{reason.sentence.of(words.lang)}")
    say(console, title, indent=INDENT)
    fresh = [value for value in reason.values if value.fact not in shown]
    listed = [value.fact for value in reason.values if value.fact in shown and not value.depth]
    if fresh:
        console.print(_values(console, told, fresh, words))
    if listed:
        names = words.comma.join(told.names[fact].of(words.lang) for fact in listed)
        say(console, Text(words.again.format(names), style="dim"), indent=INDENT + 2)
    shown.update(value.fact for value in fresh)
    console.print()


def _values(console: Console, told: Explanation, values: Sequence[Value], words: Words) -> Table:
    """On a narrow terminal a source is the office and the month, without the file's name."""
    table = calm_table("  " + words.fact, f">{words.value}", "", words.as_of, words.source)
    for column in table.columns[words.lang == "en" : 4]:  # English names are long enough to be folded
        column.no_wrap = True
    is_narrow = console.width < NARROW
    for value in values:
        name = "  " * (1 + value.depth) + told.names[value.fact].of(words.lang)
        amount, unit = _amount(told, value, words)
        source = value.source.short(words.lang) if is_narrow else value.source.of(words.lang)
        if value.is_unneeded:
            source = words.not_apart
        table.add_row(Text(name, style="" if value.depth else "bold"), amount, unit, str(value.as_of or ""), source)
    return table


def _amount(told: Explanation, value: Value, words: Words) -> tuple[str, str]:
    """The value as people read it, and its unit."""
    if value.text is None:
        return ("—" if value.is_unneeded else words.unknown), ""
    if value.unit:
        unit = "" if is_dimensionless(value.unit) else in_words(value.unit, words.lang)
        return number_shown(Fraction(value.text), value.unit), unit
    if value.text in words.yes_no:
        return words.yes_no[value.text], ""
    options = told.options.get(value.fact, {})
    shown = [options[one].of(words.lang) if one in options else one for one in value.text.split("、") if one]
    return words.comma.join(shown) or words.none, ""


def _print_lists(console: Console, told: Explanation, words: Words) -> None:
    lang = words.lang
    _print_list(console, words.signs, [sign.of(lang) for sign in told.signs])
    _print_list(console, words.could_be_worse, [rule.of(lang) for rule in told.could_be_worse])
    _print_list(console, words.missing, [_missing(one, words) for one in told.missing])
    _print_list(console, words.contradictions, [fact.of(lang) for fact in told.contradictions])
    _print_list(console, words.asset_questions, _said(told.asset_questions, lang))
    _print_list(console, words.changes, _said(told.changes, lang))


def _said(many: tuple[Said, ...], lang: str) -> list[str]:
    return [one.of(lang) for one in many]


def _missing(one: Missing, words: Words) -> str:
    who = words.comma.join(source.of(words.lang) for source in one.who)
    unusable = words.unusable if one.is_unusable else ""
    return f"{one.name.of(words.lang)}{unusable}{words.colon}{who}"


def _print_list(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    say(console, Text(title, style="bold"), indent=INDENT)
    for line in lines:
        say(console, f"· {line}", indent=INDENT + 4, first=INDENT + 2)
    console.print()
