"""The form of a visit: taps for what is unclear, a line per adult for the authorisation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.casework.actions.visits import Finding, Held, Signature
from shouwang.office.casework.forms.help_fields import PhotosField
from shouwang.office.casework.forms.steps import StepForm
from shouwang.office.casework.queries.asking import Question
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.registry.models import Person
from shouwang.office.registry.values import from_text, to_text
from shouwang.office.web.forms.wording import possible_day
from shouwang.policy.measure_kinds import MeasureKind, measure_kind
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.terms.errors import UserError

OTHER = "other"
WISH = 120
"""Characters that are kept of a wish."""
SIGNED = "signed"
NOT_SIGNED = "not-signed"
OF_THE_HOUSEHOLD = ("q_", "other_", "sign_", "why_")
"""How names of fields begin that are made for one household: they come first on the page."""


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it."""

    question: Question
    taps: forms.BoundField
    other: forms.BoundField | None


@dataclass(frozen=True)
class More:
    """Questions of one kind of need that may be answered."""

    word: Any
    rows: Sequence[Asked]
    is_open: bool


@dataclass(frozen=True)
class Adult:
    """One adult as the page shows them."""

    person: Person
    taps: forms.BoundField
    why_not: forms.BoundField


class VisitForm(StepForm):
    """Questions that are left untouched stay unknown. What is wrong is listed in the order of the page."""

    until = forms.DateField(
        label=gettext_lazy("授权到哪一天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    on = forms.DateField(
        label=gettext_lazy("哪一天去的"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[possible_day],
    )
    visitor_1 = forms.CharField(label=gettext_lazy("村里谁去的"), max_length=80)
    visitor_2 = forms.CharField(label=gettext_lazy("乡镇谁去的"), max_length=80)
    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("最想要的帮助"), widget=forms.CheckboxSelectMultiple, required=False
    )
    wish = forms.CharField(label=gettext_lazy("别的帮助"), max_length=WISH, required=False)
    photos = PhotosField(label=gettext_lazy("拍照"), required=False)
    note = forms.CharField(
        label=gettext_lazy("还看到什么"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=2_000
    )

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[Question] = (),
        adults: Sequence[Person] = (),
        wishes: Sequence[MeasureKind] = (),
        more: Sequence[tuple[Any, Sequence[Question]]] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.fields["wishes"].choices = [(kind.code, kind_name(kind.code)) for kind in wishes]
        self._asked, self._more, self._adults = questions, more, adults
        self._questions = [*questions, *(question for _word, rows in more for question in rows)]
        for question in self._questions:
            self._ask(question)
        for person in adults:
            signs = [(SIGNED, gettext_lazy("已签授权")), (NOT_SIGNED, gettext_lazy("没有签"))]
            self.fields[f"sign_{person.pk}"] = forms.ChoiceField(
                label=person.name, choices=signs, widget=forms.RadioSelect, required=False
            )
            self.fields[f"why_{person.pk}"] = forms.CharField(
                label=gettext_lazy("为什么没签"), max_length=120, required=False
            )
        self.order_fields([name for name in self.fields if name.startswith(OF_THE_HOUSEHOLD)])

    def _ask(self, question: Question) -> None:
        choices: list[tuple[str, Any]] = list(question.choices)
        if question.is_number:
            choices += [(OTHER, gettext_lazy("不对，应为"))] if choices else []
            self.fields[f"other_{question.fact}"] = forms.CharField(
                label=question.title,
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.fields[f"q_{question.fact}"] = forms.ChoiceField(
            label=question.title, choices=choices, widget=forms.RadioSelect, required=False, initial=question.known
        )

    def asked(self) -> Iterator[Asked]:
        yield from map(self._shown, self._asked)

    @cached_property
    def more(self) -> list[More]:
        """What can be written down by choice, by kind of need; open where something in it is wrong."""
        return [self._more_of(word, questions) for word, questions in self._more]

    @property
    def more_is_open(self) -> bool:
        return any(one.is_open for one in self.more)

    def _more_of(self, word: Any, questions: Sequence[Question]) -> More:
        rows = [self._shown(question) for question in questions]
        return More(word, rows, any(row.taps.errors or (row.other and row.other.errors) for row in rows))

    def _shown(self, question: Question) -> Asked:
        other = self[f"other_{question.fact}"] if question.is_number else None
        return Asked(question, self[f"q_{question.fact}"], other)

    def adults(self) -> Iterator[Adult]:
        for person in self._adults:
            yield Adult(person, self[f"sign_{person.pk}"], self[f"why_{person.pk}"])

    @property
    def is_told(self) -> bool:
        """Whether who went and when is known and right, so that it need not be looked at."""
        names = ("on", "visitor_1", "visitor_2")
        return all(self[name].value() and not self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for question in self._questions:
            self._clean_answer(question, values)
        for person in self._adults:
            self._clean_signature(person, values)
        if len(self._wished(values)) > WISH:
            self.add_error("wish", _("太多了，选最要紧的几项"))
        if values.get("until") and values.get("on") and values["until"] <= values["on"]:
            self.add_error("until", _("授权的期限要在入户以后"))
        return values

    def _clean_answer(self, question: Question, values: dict[str, Any]) -> None:
        typed = (values.get(f"other_{question.fact}") or "").replace(",", "").replace("，", "").strip()
        if typed:
            spec = VOCABULARY[question.fact]
            try:
                values[f"q_{question.fact}"] = to_text(spec, from_text(spec, typed))
            except UserError as error:
                self.add_error(f"other_{question.fact}", str(error))
        elif values.get(f"q_{question.fact}") == OTHER:
            self.add_error(f"other_{question.fact}", _("写出应为多少"))

    def _clean_signature(self, person: Person, values: dict[str, Any]) -> None:
        signed = values.get(f"sign_{person.pk}")
        if not signed:
            self.add_error(f"sign_{person.pk}", _("选“已签”或“没有签”"))
        elif signed == SIGNED and not values.get("until"):
            self.add_error("until", _("有人签了授权，写明到哪一天"))
        elif signed == NOT_SIGNED and not (values.get(f"why_{person.pk}") or "").strip():
            self.add_error(f"why_{person.pk}", _("写明为什么没签"))

    def held(self) -> Held:
        """What the form tells of the visit."""
        values = self.cleaned_data
        answers = [(question.fact, values.get(f"q_{question.fact}")) for question in self._questions]
        return Held(
            on=values["on"],
            visitors=(values["visitor_1"], values["visitor_2"]),
            findings=[Finding(fact, value) for fact, value in answers if value],
            signatures=[self._signature(person, values) for person in self._adults],
            wish=self._wished(values),
            note=values["note"],
            photos=values["photos"],
        )

    @staticmethod
    def _wished(values: dict[str, Any]) -> str:
        """What was tapped, then what was typed, as it is kept: in Chinese whoever's language the page had."""
        tapped = [measure_kind(code).zh for code in values.get("wishes", [])]
        return "、".join(filter(None, [*tapped, (values.get("wish") or "").strip()]))

    def _signature(self, person: Person, values: dict[str, Any]) -> Signature:
        until: date | None = values["until"] if values.get(f"sign_{person.pk}") == SIGNED else None
        return Signature(person.pk, until=until, why_not="" if until else values[f"why_{person.pk}"].strip())
