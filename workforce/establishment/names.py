"""What a name in a workbook means in a force: ranks as people write them, roles, locations, funding,
units."""

import re
from collections.abc import Callable

from peelsite.forces.models import Force, Location, Unit
from peelsite.imports.calc import normalise_header
from peelsite.imports.engine.names import Directory, Found
from workforce.establishment.models import FundingKind, FundingSource, Rank, Role

#: other ways of writing a rank, as `normalise_header` leaves them -> its name
RANK_WAYS = {
    normalise_header(way): normalise_header(rank)
    for rank, ways in {
        "Constable": "con, const, police constable, pc, dc, detective constable, det con, wpc, tdc, tpc",
        "Sergeant": "sgt, ps, sergt, police sergeant, ds, detective sergeant, det sgt, dsgt",
        "Inspector": "insp, police inspector, pi, di, detective inspector, det insp, dinsp",
        "Chief inspector": "c insp, ch insp, chinsp, cinsp, ci, dci, detective chief inspector, det ch insp",
        "Superintendent": "supt, det supt, dsupt, detective superintendent",
        "Chief superintendent": "c supt, ch supt, chsupt, csupt, dcs, detective chief "
        "superintendent, det ch supt",
        "Assistant chief constable": "acc, asst chief constable",
        "Deputy chief constable": "dcc, dep chief constable",
        "Chief constable": "cc",
        "Police community support officer": "pcso, cso, community support officer",
    }.items()
    for way in ways.split(",")
}

SEPARATOR = re.compile(r"\s*[/>\\]\s*")
DEEPEST = 3


def ranks_finder(force: Force) -> Callable[[str], Found]:
    """Ranks and grades that the force uses; its own grades go before national ranks of the same name."""
    directory = Directory("rank or grade")
    ranks = sorted(Rank.objects.for_force(force), key=lambda rank: rank.force_id is None)
    for rank in ranks:
        for way in {normalise_header(rank.code), normalise_header(rank.name)}:
            directory.ids.setdefault(way, {rank.pk})
        directory.shown[rank.name.casefold()] = rank.name
    return lambda written: directory.find(written, RANK_WAYS)


def roles_finder(force: Force, *, add: bool) -> Callable[[str], Found]:
    return _plain_finder("role", list(Role.objects.of_force(force)), add, most=100)


def locations_finder(force: Force, *, add: bool) -> Callable[[str], Found]:
    return _plain_finder("location", list(Location.objects.of_force(force)), add, most=100)


def _plain_finder(
    word: str, rows: list[Role] | list[Location], add: bool, *, most: int
) -> Callable[[str], Found]:
    directory = Directory(word)
    for row in rows:
        directory.add(row.pk, row.code, row.name, shown=row.name)

    def find(written: str) -> Found:
        found = directory.find(written)
        if not add or found.row_id is not None or directory.ids_of(written):
            return found
        if len(written) > most:
            return Found(sentence=f"'{written[:60]}…' is too long for the name of a {word}: {most} at most.")
        return directory.addition(written)

    return find


def funding_finder(force: Force, *, add: bool) -> Callable[[str], Found]:
    """Funding sources by name, or by kind ("Core", "Grant") where the force has one of that kind.

    The core budget may always be added: a new force has none, and every post needs one.
    """
    sources = list(FundingSource.objects.of_force(force))
    directory = Directory("funding source")
    for source in sources:
        directory.add(source.pk, source.name, shown=source.name)
    kinds = {
        normalise_header(way): kind
        for kind in FundingKind
        for way in (kind.value, kind.label, f"{kind} budget")
    }

    def find(written: str) -> Found:
        if directory.ids_of(written):
            return directory.find(written)
        kind = kinds.get(normalise_header(written))
        of_kind = [source.pk for source in sources if kind and source.kind == kind]
        if of_kind:
            return Found(row_id=min(of_kind))
        if kind and (add or kind == FundingKind.CORE):
            return Found(addition=kind.label)
        return directory.find(written)

    return find


class UnitFinder:
    """Units by code, by a name that only one has, or by path: 'Command / Department / Team'.

    A new unit is added with the units above it from its path; a leading stroke marks a command: '/
    Operations'.
    """

    def __init__(self, force: Force, *, add: bool) -> None:
        self.add = add
        self.directory = Directory("unit")
        units = {unit.pk: unit for unit in Unit.objects.of_force(force)}
        self.paths: dict[tuple[str, ...], int] = {}
        for unit in units.values():
            ids = [int(part) for part in unit.path.strip("/").split("/") if part]
            names = [units[place].name for place in ids if place in units]
            self.paths[tuple(map(normalise_header, names))] = unit.pk
            self.directory.add(unit.pk, unit.code, unit.name, shown=" / ".join(names))

    def __call__(self, written: str) -> Found:
        ids = self.directory.ids_of(written)
        if len(ids) == 1:
            return Found(row_id=next(iter(ids)))
        names = [name for name in SEPARATOR.split(written.strip()) if name]
        row_id = self.paths.get(tuple(map(normalise_header, names)))
        if row_id is not None and (len(names) > 1 or not ids):
            return Found(row_id=row_id)
        if ids:
            return Found(
                sentence=f"'{written}' is the name of {len(ids)} units; write its code, or its path such as "
                "'Command / Department / Team'."
            )
        return self._new(written, names) if self.add else Found(sentence=self.directory.unknown(written))

    def _new(self, written: str, names: list[str]) -> Found:
        is_command = len(names) == 1 and SEPARATOR.match(written.strip()) is not None
        if len(names) < 2 and not is_command:
            return Found(
                sentence=f"{self.directory.unknown(written)} To add it, write it under its parent: "
                "'Command / Department / Team', or '/ Command' for a command."
            )
        if len(names) > DEEPEST:
            return Found(
                sentence=f"'{written[:60]}' has more than {DEEPEST} levels: command, department, team."
            )
        if any(len(name) > 100 for name in names):
            return Found(sentence="The name of a unit has 100 characters at most.")
        return self.directory.addition(" / ".join(names))
