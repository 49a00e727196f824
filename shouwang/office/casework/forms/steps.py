"""The small forms of the steps: what was typed, checked; nothing is written here."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.moving import Sending
from shouwang.office.casework.actions.reviewing import Votes
from shouwang.office.casework.models import Evidence, Objection, Origin, State
from shouwang.office.casework.needs import NEEDS
from shouwang.office.casework.queries.words import HOW, OUTCOMES, REASONS, WAYS
from shouwang.office.casework.sheet import level_in_words
from shouwang.office.web.forms.wording import possible_day


def _levels() -> list[tuple[str, str]]:
    """Ⅰ–Ⅳ with their words, in the language of the page."""
    return [(str(number), level_in_words(number)) for number in (1, 2, 3, 4)]


class StepForm(forms.Form):
    """Every form of a step carries its own number and the state it was shown in."""

    form_number = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    expected = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)

    def __init__(self, data: Any = None, *, state: str = "", **options: Any) -> None:
        initial = {"form_number": str(uuid.uuid4()), "expected": state, **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)

    def sending(self) -> Sending:
        return Sending(self.cleaned_data.get("form_number", ""), self.cleaned_data.get("expected", ""))

    def values(self) -> dict[str, Any]:
        """What was typed, without what every form carries."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("form_number", "expected")}


def _text(label: Any, *, rows: int = 3, hint: Any = "", required: bool = True, most: int = 2_000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, help_text=hint, required=required, max_length=most)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[possible_day])


def _taps(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


def _name(label: Any, *, of: str) -> forms.CharField:
    """A name, typed or taken from those the page offers."""
    widget = forms.TextInput(attrs={"list": f"people-{of}", "autocomplete": "off"})
    return forms.CharField(label=label, widget=widget, max_length=80)


class AssignForm(StepForm):
    village = _name(_("村里谁去"), of="village")
    township = _name(_("乡镇谁去"), of="township")


class AnswerForm(StepForm):
    question_id = forms.IntegerField(widget=forms.HiddenInput)
    answer = _taps(
        _("答复"),
        [("true", _("属实")), ("false", _("不属实")), ("disposed", _("已处置")), ("explained", _("已说明"))],
    )
    evidence = forms.CharField(label=_("看了什么凭据"), max_length=200, help_text=_("例如：行驶证，车辆报废证明"))
    explanation = forms.CharField(label=_("说明"), max_length=300, required=False)


class ConfirmForm(StepForm):
    """Nothing to fill in."""


class ReviewForm(StepForm):
    held_on = _day(_("评议哪一天开的"))
    chair = forms.CharField(label=_("主持人"), max_length=80)
    present = forms.IntegerField(label=_("到会人数"), min_value=1, max_value=2_000)
    votes_for = forms.IntegerField(label=_("同意"), min_value=0, max_value=2_000)
    votes_against = forms.IntegerField(label=_("反对"), min_value=0, max_value=2_000)
    abstained = forms.IntegerField(label=_("弃权"), min_value=0, max_value=2_000)
    proposed_level = _taps(_("拟定级别"), _levels)
    minutes = _text(_("会议记录"), rows=5, most=8_000)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        counts = [values.get(name) for name in ("present", "votes_for", "votes_against", "abstained")]
        if None not in counts and (fault := Votes(*counts).fault()):  # type: ignore[arg-type]
            self.add_error("present", fault)
        return values


class RemovalReviewForm(ReviewForm):
    proposed_level = None  # type: ignore[assignment]  # a removal has no level


class NoticeForm(StepForm):
    place = forms.CharField(label=_("贴在哪里"), max_length=80, help_text=_("例如：村委会公示栏"))
    objections_to = forms.CharField(label=_("有异议找谁"), max_length=80, help_text=_("写单位和地方，不写个人电话"))


class ObjectForm(StepForm):
    text = _text(_("异议是什么"))
    raised_by = forms.CharField(label=_("谁提的"), max_length=80, required=False, help_text=_("可以不留名"))


class SettleForm(StepForm):
    objection_id = _taps(_("哪一条"), [])
    outcome = _taps(_("结果"), list(OUTCOMES.items()))
    answer = _text(_("答复"))

    def __init__(self, data: Any = None, *, objections: list[Objection] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["objection_id"].choices = [(str(row.pk), row.text[:60]) for row in objections or []]  # type: ignore[attr-defined]


class AuditForm(StepForm):
    opinion = _text(_("审核意见"), most=300)


class ReasonForm(StepForm):
    reason = _text(_("理由"), hint=_("农户和村里要看得懂"), most=400)


class ReturnForm(StepForm):
    to = _taps(_("退回到哪一步"), [])
    reason = _text(_("缺什么"), most=400)

    def __init__(self, data: Any = None, *, targets: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["to"].choices = [(target, State(target).label) for target in targets]  # type: ignore[attr-defined]


class LevelForm(StepForm):
    level = _taps(_("认定级别"), _levels)


class RaiseForm(LevelForm):
    reason = _text(_("理由"), most=400)


class KeepLevelForm(StepForm):
    reason = _text(_("为什么不调高"), hint=_("写明核实到了什么；同样的预警再来，不再要求答复"), most=400)


class RefuseForm(StepForm):
    code = _taps(_("原因"), list(REASONS.items()))
    text = _text(_("告诉农户的话"), hint=_("说清楚哪一条不够、差多少、有了什么变化可以再申报"), most=400)


class RemoveForm(StepForm):
    way = _taps(_("怎样消除的"), list(WAYS.items()))


class TellForm(StepForm):
    told_on = _day(_("哪一天告诉的"))
    how = _taps(_("怎样告诉的"), list(HOW.items()))


class AnnounceForm(StepForm):
    posted_on = _day(_("哪一天贴的"))
    place = forms.CharField(label=_("贴在哪里"), max_length=80, help_text=_("例如：村务公开栏"))


class EnterForm(StepForm):
    entered_on = _day(_("哪一天录入的"))
    number = forms.CharField(label=_("全国系统里的编号"), max_length=40, required=False)


class LookBackForm(StepForm):
    day = _day(_("哪一天去的"))
    visitor = forms.CharField(label=_("谁去的"), max_length=80)
    found = _text(_("看到了什么"), hint=_("收入、吃穿、看病、上学、住房、饮水有没有新的风险"), most=500)
    needed = forms.CharField(label=_("还需要什么"), max_length=300, required=False)


class DeclareForm(StepForm):
    origin = _taps(_("线索从哪里来"), [choice for choice in Origin.choices if choice[0] != Origin.SCREENING])
    how = _taps(
        _("怎样说的"),
        [("spoken", _("口头")), ("written", _("书面")), ("phone", _("电话")), ("app", _("手机"))],
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label=_("哪方面的困难"),
        choices=[(need.code, need.word) for need in NEEDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("选了的，入户时会问到"),
    )
    text = _text(_("家里发生了什么"), rows=4)


class EvidenceForm(StepForm):
    kind = forms.ChoiceField(
        label=_("是什么"),
        choices=[
            (Evidence.Kind.VISIT, _("入户照片、签字")),
            (Evidence.Kind.MINUTES, _("会议记录、签到")),
            (Evidence.Kind.NOTICE_START, _("公示开始的照片")),
            (Evidence.Kind.NOTICE_END, _("公示结束的照片")),
            (Evidence.Kind.ANNOUNCED, _("结果公告的照片")),
            (Evidence.Kind.ASSETS, _("资产凭据")),
            (Evidence.Kind.HELP, _("帮扶凭据")),
        ],
    )
    file = forms.FileField(label=_("照片或 PDF"), help_text=_("不超过 10 MB"))


def today_of(day: date) -> dict[str, str]:
    """Where a date is asked for, the day of the office is already there."""
    return dict.fromkeys(("held_on", "told_on", "posted_on", "entered_on", "day", "on"), day.isoformat())
