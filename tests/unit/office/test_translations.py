"""The English of the pages is whole, and says nothing the Chinese does not."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.utils.translation import gettext, ngettext, override, trans_real

from shouwang.office.web.catalogue import compile_catalogue

SCRIPT = Path(__file__).parents[3] / "scripts" / "translations.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return loaded()


def loaded() -> ModuleType:
    """The script that gathers the strings."""
    spec = importlib.util.spec_from_file_location("translations", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_string_has_its_english(script: ModuleType) -> None:
    assert script.missing(script.merged()) == []


def test_catalogue_holds_what_the_office_says_and_no_more(script: ModuleType) -> None:
    said = {message.id for message in script.gathered() if message.id}
    assert {message.id for message in script.kept() if message.id} == said


def test_english_has_the_same_places_for_values(script: ModuleType) -> None:
    faults = []
    for message in script.kept():
        chinese = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(re.findall(r"%\(\w+\)[sd]", chinese))
        faults += [chinese for form in forms if chinese and set(re.findall(r"%\(\w+\)[sd]", form)) != wanted]
    assert faults == []


def test_english_is_not_chinese(script: ModuleType) -> None:
    forms = [
        form
        for message in script.kept()
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert [form for form in forms if re.search(r"[\u4e00-\u9fff]", form)] == []


def test_strings_of_templates_and_python_are_both_found(script: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    first = '<ul>\n    {% translate "甲" %}\n  {% blocktranslate %}{{ n }} 个{% endblocktranslate %}'
    page = first + '{{ x|default:_("乙") }}\n</ul>'
    (tmp_path / "templates" / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.py").write_text('_("丙 %(n)s")\nngettext("丁", "丁", 2)\nother("戊")\n', encoding="utf-8")
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "b.py").write_text('_("己")', encoding="utf-8")
    found = [message for message, _ in script.strings(tmp_path)]
    assert found == ["丙 %(n)s", ("丁", "丁"), "甲", "%(n)s 个", "乙"]


def test_no_other_name_of_gettext_hides_a_string(script: ModuleType) -> None:
    named = re.compile(r"\bimport (n?p?gettext\w*) as (\w+)")
    found = {name for path in script.OFFICE.rglob("*.py") for _, name in named.findall(path.read_text("utf-8"))}
    assert found - set(script.KEYWORDS) == set()


def test_compiled_english_is_spoken(script: ModuleType) -> None:
    compiled = compile_catalogue(script.CATALOGUE)
    assert compiled.name == "django.mo"
    with override("en"):
        trans_real._translations.clear()
        late = "超 %(days)d 日"
        said = (gettext("登录"), ngettext(late, late, 1), ngettext(late, late, 2))
    assert said == ("Sign in", "%(days)d day late", "%(days)d days late")
