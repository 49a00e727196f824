"""The English of the pages: compiled from its catalogue, which is what people edit."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(catalogue: Path) -> Path:
    """Write the `.mo` beside a `.po`, whole or not at all; strings without a translation stay Chinese."""
    compiled = catalogue.with_suffix(".mo")
    scratch = compiled.with_suffix(".part")
    with catalogue.open("rb") as source, scratch.open("wb") as out:
        write_mo(out, read_po(source))
    return scratch.replace(compiled)
