"""What the demo's story reads of its two runs: whom the later one warns, and the earlier did not."""

from pathlib import Path

MILDEST = 4
"""On this level the story includes a household the files do not know of yet: only a warning above it is more severe."""


def newly_warned(before: Path, after: Path, *, within: str) -> list[str]:
    """Households of an area without a warning in the earlier run and with one more severe than Ⅳ in the later one."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    def warned(run: Path, level: int) -> set[str]:
        chosen = (pc.field("level") <= level) & pc.starts_with(pc.field("area_code"), within)
        rows = pq.read_table(run / "verdicts.parquet", columns=["household_id"], filters=chosen)
        return set(rows["household_id"].to_pylist())

    return sorted(warned(after, MILDEST - 1) - warned(before, MILDEST))
