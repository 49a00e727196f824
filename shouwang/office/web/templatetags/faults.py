"""What is wrong with what was typed: all of it at the head of the form, each at its field. Builtins of all pages."""

from typing import Any

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.inclusion_tag("web/parts/faults.html")
def faults(form: forms.BaseForm) -> dict[str, Any]:
    """Everything wrong with a form, in its order, with a link to each field; the page opens with the focus there."""
    if not form.errors:
        return {}
    wrong = [form[name] for name in form.fields if name in form.errors]
    shown = [(_first_id(field), field.label, " ".join(field.errors)) for field in wrong if not field.is_hidden]
    return {"general": form.non_field_errors(), "fields": shown}


def _first_id(field: forms.BoundField) -> str:
    """The id of what is filled in; of the first tap where there are several, of the whole where there is nothing."""
    taps = () if field.id_for_label else field.subwidgets
    return field.id_for_label or str(taps[0].id_for_label if taps else field.auto_id)


@register.simple_tag
def wrong(field: forms.BoundField) -> SafeString:
    """What is wrong with one answer, under the id its input refers to."""
    if not field.errors:
        return mark_safe("")
    return format_html('<span class="wrong" id="{}_error">{}</span>', field.auto_id, " ".join(field.errors))
