"""Makes the model of the screening's linkage from a damaged model city, and measures it on others.

    shouwang city --households 20000 --seed 3 --damage 0.5 --out city-3    (and others of other seeds)
    .venv/bin/python scripts/train_people_model.py --learn city-3 --measure city-7 … \\
        --out shouwang/screening/linkage/models

m is counted over the rows whose id leads to nobody and whose truth is known, u over pairs of two people.
"""

import argparse
import json
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from shouwang.areas import kunming
from shouwang.screening.datasets import Key
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import MACROS
from shouwang.screening.intake.left_over import SEPARATOR, WRITTEN
from shouwang.screening.intake.raw_rows import raw_rows
from shouwang.screening.intake.register import read_register
from shouwang.screening.intake.survey import find, open_all
from shouwang.screening.linkage import matching, residue
from shouwang.screening.linkage.comparisons import comparisons
from shouwang.screening.linkage.model import Model, as_saved
from shouwang.screening.linkage.training import from_truth

VERSION = "people-1"
AS_OF = date(2020, 6, 30)
PAIRS_OF_TWO = 4_000_000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--learn", type=Path, required=True)
    asked.add_argument("--measure", type=Path, required=True, nargs="+")
    asked.add_argument("--out", type=Path, required=True)
    options = asked.parse_args()
    model = learnt(options.learn)
    saved = as_saved(model) | {
        "made_by": "scripts/train_people_model.py",
        "learnt_from": options.learn.name,
        "measured_on": [{"city": city.name} | measured(city, model) for city in options.measure],
    }
    path = options.out / f"{VERSION}.json"
    path.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def learnt(city: Path) -> Model:
    """The figures a city's truth tells."""
    with tempfile.TemporaryDirectory() as scratch, closing(residue.connect(Path(scratch))) as con:
        link(con, city, Path(scratch), Model(0.0))
        con.execute(
            "create temp table one_person as select distinct i.row as row_l, a.true_key as row_r"
            " from all_rows a join identities i using (written) join right_people r on r.row = a.true_key"
        )
        con.execute(
            "create temp table two_people as select l.row as row_l, r.row as row_r from left_people l"
            " join right_people r on hash(l.row, r.row) % greatest(1, (select count(*) from left_people)"
            f" * (select count(*) from right_people) // {PAIRS_OF_TWO}) = 0"
            " where not exists (select 1 from one_person s where s.row_l = l.row and s.row_r = r.row)"
        )
        figures = from_truth(con, comparisons(residue.FIELDS), same="one_person", different="two_people")
    return Model(0.0, figures, VERSION)


def link(con: duckdb.DuckDBPyConnection, city: Path, scratch: Path, model: Model) -> None:
    """Tables `all_rows`, every row about a person with its truth, and `fates`, what the linkage says of it."""
    register, months = _read(con, city, scratch)
    members = f"'{city}/registry/{months}/members.parquet'"
    con.execute(
        "create temp table all_rows as select c.*, t.kind, coalesce(t.recoverable, false) as recoverable,"
        " t.kind is not null as is_damaged, m.person_key as true_key, p.household_no,"
        " id_key(c.id_number) as person_key,"
        " p.person_key is not null as is_exact, k.name as owner from cells c"
        f" left join '{city}/truth/damage_identities.parquet' t using (dataset, month, line)"
        f" left join (select person_id, any_value(id_key(id_number)) as person_key from {members} group by 1) m"
        " using (person_id)"
        f" left join '{register.people}' p on p.person_key = id_key(c.id_number)"
        f" left join (select person_key, any_value(name) as name from '{register.members}' group by 1) k"
        " on k.person_key = p.person_key"
    )
    con.execute(
        "create temp table rows as select *, 0::bigint as amount from all_rows"
        " where household_no is null or name <> owner"
    )
    matching.link_rows(con, register, kunming().villages_table(), city=city, model=model)


def _read(con: duckdb.DuckDBPyConnection, city: Path, scratch: Path) -> tuple[matching.Register, str]:
    """Table `cells`: what every row about a person writes of them, by dataset, month and line. And the register."""
    delivery = open_all(find(city, AS_OF), scratch)
    texts = ", ".join(f"{name} varchar" for name in WRITTEN)
    con.execute(f"create temp table cells (dataset varchar, month varchar, line bigint, {texts}, written varchar)")
    with closing(DuckDB(scratch, MACROS)) as db:
        read = read_register(db, delivery.register_dir, AS_OF, kunming().villages_table(), scratch)
        for source in (f for f in delivery.files if f.dataset.key is Key.PERSON):
            rows = raw_rows(db, source)
            db.write(rows.select("line", *(name for name in WRITTEN if name in rows.columns)), scratch / "one.parquet")
            told = ", ".join(name if name in rows.columns else f"null as {name}" for name in WRITTEN)
            filled = ", ".join(f"coalesce({name}, '')" for name in WRITTEN)
            whole = f"concat_ws('{SEPARATOR}', {filled})"
            con.execute(
                f"insert into cells select '{source.dataset.code}', '{source.month}', line, {told}, {whole}"
                f" from (select line, {told} from '{scratch / 'one.parquet'}')"
            )
    paths = matching.Register(read.households, read.members, read.people, delivery.register_dir)
    return paths, str(delivery.register_month)


def measured(city: Path, model: Model) -> dict[str, object]:
    """Precision, recall and what goes to a person, over the rows whose name or id is damaged; and by kind of damage."""
    with tempfile.TemporaryDirectory() as scratch, closing(residue.connect(Path(scratch))) as con:
        link(con, city, Path(scratch), model)
        con.execute(
            "create temp table judged as select a.kind, a.recoverable, a.true_key, a.is_damaged,"
            " case when f.band is not null then f.band when a.is_exact then 'linked' end as band,"
            " coalesce(f.person_key, a.person_key) = a.true_key as is_right,"
            " list_contains(c.shown, a.true_key) as is_shown from all_rows a left join fates f using (written)"
            " left join (select i.written, list(s.row_r) as shown from settled s join identities i on i.row = s.row_l"
            " group by 1) c using (written) where a.is_damaged or not a.is_exact"
        )
        rows = con.execute("select count(*) from all_rows").fetchall()[0][0]
        figures = con.execute(
            "select count(*), count(*) filter (band = 'linked'), count(*) filter (band = 'linked' and is_right),"
            " count(*) filter (band = 'doubtful'), count(*) filter (recoverable and true_key is not null),"
            " count(*) filter (recoverable and (band = 'linked' and is_right or band = 'doubtful' and is_shown))"
            " from judged"
        ).fetchall()[0]
        kinds = con.execute(
            "select coalesce(kind, 'stranger') || if(kind in ('missing', 'scientific', 'name_and_missing'),"
            " if(recoverable, ', file says more', ', file says no more'), '') as kind, count(*),"
            " count(*) filter (band = 'linked' and is_right),"
            " count(*) filter (band = 'linked' and not coalesce(is_right, false)),"
            " count(*) filter (band = 'doubtful'), count(*) filter (band is null) from judged group by 1 order by 1"
        ).fetchall()
    damaged, linked, right, doubtful, recoverable, found = figures
    return {
        "rows": rows,
        "rows_in_question": damaged,
        "precision_of_linked": round(right / linked, 5),
        "recall_of_recoverable": round(found / recoverable, 5),
        "share_to_a_person": round(doubtful / rows, 5),
        "kinds": {
            kind: {"rows": n, "right": good, "wrong": bad, "to_a_person": asked, "not_linked": left}
            for kind, n, good, bad, asked, left in kinds
        },
    }


if __name__ == "__main__":
    main()
