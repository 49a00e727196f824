"""Which encoding a text is in, judged by its bytes, and its lines as characters."""

import codecs
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from shouwang.screening.intake.opening.contract import NoRow
from shouwang.screening.intake.opening.faults import refusal

SAMPLE = 1 << 20
LONGEST_LINE = 1_000_000
FEWEST_ZEROS = 2
FEWEST_SIGNS = 2
"""So few characters tell UTF-8 from GB18030: a two-byte character is no three-byte one."""
REPLACED = "\ufffd"
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8（带 BOM）", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
         "utf-16": "UTF-16", "gb18030": "GB18030"}  # fmt: skip
OTHER_ENCODING = "编码与文件其余部分不同"


def encoding_of(sample: bytes) -> str:
    """Python's name of the encoding. What is not UTF-16 is UTF-8 or GB18030, as its first line of Chinese is."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    even, odd = sample[0:4000:2].count(0), sample[1:4000:2].count(0)
    if even + odd >= FEWEST_ZEROS and max(even, odd) > (even + odd) * 0.7:  # every comma and digit has one
        return "utf-16-le" if odd >= even else "utf-16-be"
    if len(sample) >= SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample  # perhaps cut in the middle of a character
    foreign = (line for line in sample.splitlines() if not line.isascii())
    return "utf-8" if _is_utf8(next(foreign, b"")) else "gb18030"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_plainly_utf8(line: bytes) -> bool:
    """True for UTF-8 with Chinese characters; a short GB18030 text may be UTF-8 by chance, but of other letters."""
    try:
        foreign = [sign for sign in line.decode() if sign > "\x7f" and sign != "·"]
    except UnicodeDecodeError:
        return False
    return len(foreign) >= FEWEST_SIGNS and all(sign >= "\u2000" for sign in foreign)


def lines_of(path: Path, encoding: str, *, no_rows: list[NoRow], name: str) -> Iterator[str]:
    """The lines of a text, each with `\\n` at its end whichever way it was ended; lines in another encoding are named
    in `no_rows` and come blank. Errors: `DataError` for a line without end, which is no table.
    """
    with path.open(encoding=encoding, errors="replace", newline=None) as stream:
        for number, line in enumerate(iter(partial(stream.readline, LONGEST_LINE), ""), start=1):
            if len(line) >= LONGEST_LINE:
                raise refusal(f"第 {number} 行超过一百万字，不是表格", "检查导出的格式，另存为 .xlsx 再交", name)
            if not line.isascii() and (REPLACED in line or (encoding == "gb18030" and _was_utf8(line))):
                no_rows.append(NoRow(number, 0, OTHER_ENCODING))
                line = "\n"
            yield line


def _was_utf8(line: str) -> bool:
    """True for UTF-8 that was taken for GB18030."""
    return is_plainly_utf8(line.encode("gb18030"))
