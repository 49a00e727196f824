"""The English of the pages: `translations.py extract | missing | compile`.

extract   gather every string of the office's Python and templates into one catalogue, keeping what is translated
missing   print the strings that have no English yet
compile   write the `.mo` beside it
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
OFFICE = ROOT / "shouwang" / "office"
CATALOGUE = OFFICE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "_lazy": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


def strings(office: Path = OFFICE) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Every message of the office with its context, file by file."""
    for path in sorted(office.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _strings(path.read_text(encoding="utf-8"))
    for path in sorted(office.rglob("templates/**/*.html")):
        yield from _strings(_as_python(path.read_text(encoding="utf-8")))


def _as_python(template: str) -> str:
    """What Django makes of a template for extraction; indentation would mean something to a reader of Python."""
    from django.utils.translation.template import templatize

    return re.sub(r"^[ \t]+", "", templatize(template), flags=re.MULTILINE)


def _strings(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for _, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message, context


def gathered() -> Catalog:
    """A catalogue of today's strings without any translation."""
    catalogue = Catalog(locale="en", project="shouwang", charset="utf-8", fuzzy=False)
    for message, context in strings():
        if message and message[0]:
            catalogue.add(message, context=context)
    return catalogue


def kept(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it lies; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as source:
        return read_po(source, locale="en")


def merged() -> Catalog:
    """Today's strings with what has been translated; what nobody says any more is dropped."""
    fresh, old = gathered(), kept()
    for message in fresh:
        known = old.get(message.id, message.context) if message.id else None
        if known is not None:
            message.string = known.string
    return fresh


def missing(catalogue: Catalog) -> list[str]:
    """The strings without English, or with only one of two forms."""
    found = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(forms):
            found.append(message.id[0] if isinstance(message.id, tuple | list) else message.id)
    return sorted(found)


def save(catalogue: Catalog, path: Path = CATALOGUE) -> None:
    """Sorted by message and without dates or line numbers, so that two people's changes merge."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, no_location=True, omit_header=True, ignore_obsolete=True)
    path.write_bytes(HEADER.encode() + out.getvalue().strip() + b"\n")


HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            catalogue = merged()
            save(catalogue)
            print(f"{len(catalogue):,} strings, {len(missing(catalogue)):,} without English", file=sys.stderr)
        case ["missing"]:
            print("\n".join(missing(merged())))
        case ["compile"]:
            sys.path.insert(0, str(ROOT))
            from shouwang.office.web.catalogue import compile_catalogue

            compile_catalogue(CATALOGUE)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
