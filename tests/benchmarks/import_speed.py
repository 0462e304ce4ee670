"""Speed of the import of 235,000 people with their postings against a bare COPY of the same rows.

    python -m tests.benchmarks.import_speed [ROWS]

Makes a test database with one force and a post for everyone, writes a csv file as HR would send it, and times
one
job that reads, checks and loads it: history, rules, preview and refusals included. Then COPYs the very same
rows
into tables with the same columns, indexes, checks, exclusion constraints and foreign keys, without history
and
without rules that look across rows. Prints both speeds and their ratio, the parts of the import, and the
process'
peak memory. Fails below one third. `KEEP=1` leaves the database to look at.
"""

import cProfile
import csv
import os
import pstats
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.files import File
from django.db import connection, transaction

from peelsite.forces.models import Force
from peelsite.imports import services
from peelsite.imports.engine import run
from peelsite.imports.models import ImportBatch
from peelsite.imports.targets import target_of
from peelsite.imports.work import batch_read
from tests import factories

ROWS = 235_000
LEAST_RATIO = 1 / 3
CHUNK = 1 << 20

POSTS = """
INSERT INTO workforce_post (force_id, reference, rank_id, role_id, unit_id, location_id, fte, during,
    funding_id)
SELECT force_id, 'P-' || n, rank_id, role_id, unit_id, location_id, 1, '[2005-04-01,)', funding_id
FROM workforce_post, generate_series(1, %s) n WHERE reference = 'P-0'
"""

#: the columns that both ways fill, in the order of their foreign keys
COPIED = {
    "workforce_person": "id, force_id, number, family_name, given_names, employed, leaving_reason, import_id",
    "workforce_posting": "id, force_id, person_id, post_id, kind, fte, during, is_supernumerary, "
    "host, import_id",
}
KEYS = {
    "workforce_person": {"force_id": "forces_force"},
    "workforce_posting": {
        "force_id": "forces_force",
        "person_id": "bare_workforce_person",
        "post_id": "workforce_post",
    },
}


@contextmanager
def timed(parts: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    parts[name] = time.perf_counter() - began


def file_write(path: Path, rows: int) -> None:
    """A year of joiners a day at a time; one in ten part time, one in fifty with an end."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            [
                "Collar no",
                "Surname",
                "Forenames",
                "Date joined",
                "Rank",
                "Post ref",
                "Start in post",
                "Until",
                "FTE",
            ]
        )
        for n in range(1, rows + 1):
            joined = date(2006, 1, 1) + timedelta(days=n % 3650)
            until = "31/03/2030" if n % 50 == 0 else ""
            fte = "0.8" if n % 10 == 0 else "1"
            day = f"{joined:%d/%m/%Y}"
            out.writerow(
                [f"N{n}", f"Family{n}", f"Given{n % 997}", day, "Constable", f"P-{n}", day, until, fte]
            )


def import_time(force: Force, path: Path, parts: dict[str, float]) -> ImportBatch:
    with path.open("rb") as file:
        batch = services.batch_upload(
            force=force, target=target_of("people"), content=File(file), file_name=path.name, user=None
        )
    with timed(parts, "read the file"):
        batch_read(batch)
    batch = services.mapping_confirm(batch=batch, mapping=batch.mapping)
    with timed(parts, "check and load"), transaction.atomic():
        _, plan = run.load(batch, keep=True)
    assert plan.new, plan
    print(f"  new {plan.new:,}, refused {plan.refused:,}")
    return batch


def copy_time(folder: Path) -> float:
    """Seconds for COPY into bare tables of what the import loaded, written to files beforehand."""
    with connection.cursor() as cursor:
        for table, columns in COPIED.items():
            with (
                (folder / table).open("wb") as out,
                cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as rows,
            ):
                for piece in rows:
                    out.write(piece)
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            for column, other in KEYS[table].items():
                cursor.execute(
                    f"ALTER TABLE bare_{table} ADD FOREIGN KEY ({column}) REFERENCES {other}"
                    " DEFERRABLE INITIALLY DEFERRED"
                )
        began = time.perf_counter()
        with transaction.atomic():
            for table, columns in COPIED.items():
                with (
                    (folder / table).open("rb") as rows,
                    cursor.copy(f"COPY bare_{table} ({columns}) FROM STDIN") as copy,
                ):
                    while piece := rows.read(CHUNK):
                        copy.write(piece)
        return time.perf_counter() - began


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    parts: dict[str, float] = {}
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            django.conf.settings.MEDIA_ROOT = str(folder)
            force = factories.force_make()
            factories.post_make(force, "P-0", starts_on=date(2005, 4, 1))
            with connection.cursor() as cursor:
                cursor.execute(POSTS, [rows])
                cursor.execute("VACUUM ANALYZE workforce_post")
            file_write(folder / "people.csv", rows)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            profile = cProfile.Profile() if os.environ.get("PROFILE") else None
            if profile:
                profile.enable()
            import_time(force, folder / "people.csv", parts)
            if profile:
                profile.disable()
                pstats.Stats(profile).sort_stats("tottime").print_stats(12)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            bare = copy_time(folder)
    finally:
        if not os.environ.get("KEEP"):
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    whole = sum(parts.values())
    ratio = bare / whole
    print(
        f"import    {whole:8.1f} s  {rows / whole:10,.0f} rows/s   {rows:,} rows, each a person and a posting"
    )
    for part, seconds in parts.items():
        print(f"          {seconds:8.1f} s  {part}")
    print(f"bare COPY {bare:8.1f} s  {rows / bare:10,.0f} rows/s")
    print(f"ratio     {ratio:8.2f}    at least {LEAST_RATIO:.2f} wanted")
    print(
        f"memory    {peak / 1024:8.0f} MB at most in this process ({before / 1024:.0f} MB before the import)"
    )
    return 0 if ratio >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
