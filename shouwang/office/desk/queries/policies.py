"""The policies as published, as pages."""

import re
from functools import cache

from markdown_it import MarkdownIt

from shouwang.office.web.speaking import language
from shouwang.policy import load, names
from shouwang.rules.manual import manual

TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd]>(.*?)</t[hd]>", re.DOTALL)
REFERENCE = re.compile(r"<h2>(参数 [^<]*|事实 [^<]*)</h2>(.*?)(?=<h2>|$)", re.DOTALL)
"""Sections to look something up in; the rules before them have what they use beside them."""
OF_THE_OTHER = {"zh": "English", "en": "中文"}
"""The column that a reader of the language does without."""
SAID_TWICE = {
    "zh": re.compile(r"<li>(?:\s*<p>)?(?:Condition|Sentence): .*?</li>\n?", re.DOTALL),
    "en": re.compile(r"<li>(?:\s*<p>)?(?:条件|句式): .*?</li>\n?", re.DOTALL),
}
"""What the manual says in the other language too."""


def known() -> list[tuple[str, str, str]]:
    """Code, Chinese and English name of every policy, the newest first."""
    return [(name, load(name).zh, load(name).en) for name in reversed(list(names()))]


def page(name: str) -> str:
    """The manual of one policy as HTML, generated from its rules; texts of rules are escaped.

    Tables are in the reader's language alone and fit a phone; what is there to be looked up is folded.
    """
    return _page(name, language())


@cache
def _page(name: str, lang: str) -> str:
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(manual(load(name)))
    html = SAID_TWICE[lang].sub("", html)
    html = TABLE.sub(lambda found: _table(found[1], lang), html)
    return REFERENCE.sub(r"<details><summary><h2>\1</h2></summary>\2</details>", html)


def _table(inside: str, lang: str) -> str:
    heads, *rows = [CELL.findall(row) for row in ROW.findall(inside)]
    kept = [number for number, head in enumerate(heads) if head != OF_THE_OTHER[lang]]
    head = "".join(f"<th>{_in_language(heads[number], lang)}</th>" for number in kept)
    body = "".join(f"<tr>{''.join(_cell(row[number], number) for number in kept)}</tr>" for row in rows)
    table = f'<table class="cards dense"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll">{table}</div>'


def _cell(text: str, number: int) -> str:
    return f"<td data-name>{text}</td>" if number and text else f"<td>{text}</td>"


def _in_language(head: str, lang: str) -> str:
    """Of a heading in both languages, `值 value`, the half that is read."""
    chinese, _, english = head.partition(" ")
    return english or chinese if lang == "en" else chinese
