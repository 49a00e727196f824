"""What gets into cells without anybody seeing it."""

from collections.abc import Callable

BLANKS: dict[str, Callable[[str], str]] = {
    "blank_behind": lambda text: f"{text} ",
    "blank_before": lambda text: f" {text}",
    "full_width_blank": lambda text: f"{text}　",
    "tabulator": lambda text: f"{text}\t",
    "hard_blank": lambda text: f"\u00a0{text}",
}
INVISIBLE: dict[str, Callable[[str], str]] = {
    "zero_width": lambda text: f"\u200b{text}",
    "mark_at_the_start": lambda text: f"\ufeff{text}",
    "mark_of_direction": lambda text: f"\u202d{text}\u202c",
}
APOSTROPHE: dict[str, Callable[[str], str]] = {
    "apostrophe": lambda text: text if text.startswith("=") else f"'{text}"  # nobody keeps a cell from being read twice
}
LINE_BREAKS: dict[str, Callable[[str], str]] = {"line_break_behind": lambda text: f"{text}\n"}
BREAKS_WITHIN: dict[str, Callable[[str], str]] = {
    "line_break_within": lambda text: f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}" if len(text) > 3 else text
}
"""Only for words of Chinese characters: between digits a line break could stand for anything."""
