"""The policies as published, as pages."""

from functools import cache

from markdown_it import MarkdownIt

from shouwang.policy import load, names
from shouwang.rules.manual import manual


def known() -> list[tuple[str, str, str]]:
    """Code, Chinese and English name of every policy, the newest first."""
    return [(name, load(name).zh, load(name).en) for name in reversed(list(names()))]


@cache
def page(name: str) -> str:
    """The manual of one policy as HTML, generated from its rules; texts of rules are escaped."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(manual(load(name)))
    return html.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")
