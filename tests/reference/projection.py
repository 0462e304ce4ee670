"""The projection, one person and one month at a time, as one would explain it. Slow on purpose.

Same model as workforce.projection.calc.engine and none of its code: only its dataclasses of inputs. FTE are
whole ten-thousandths. `one_run` gives strength, available and deployable [month][cell].
"""

import random
from dataclasses import dataclass
from math import exp, inf, sqrt

from workforce.projection.calc.inputs import ChangeKind, Inputs

UNIT = 10_000


@dataclass
class Someone:
    fte: int
    category: int
    service: int
    rank_since: int
    joined: int = 0
    cell: int | None = None
    gone: bool = False
    came_in: int = 0
    home: int | None = None
    home_month: int = 0
    back_month: int = 0
    back_chance: float = 1.0
    open_return: bool = False
    notice: int = 0
    absent_to: int = 0
    limited_to: int = 0
    is_absent: bool = False
    is_limited: bool = False
    independent: int = 0
    placed_month: int = 0
    placed_cell: int | None = None
    intake: object = None
    holds: int | None = None
    stands_in: bool = False


class Run:
    def __init__(self, inputs: Inputs, rng: random.Random) -> None:
        self.inputs, self.rng, self.rates = inputs, rng, inputs.rates
        self.cells = len(inputs.cells)
        self.month = 0
        self.multipliers()
        self.establishment = [[round(v * UNIT) for v in row] for row in inputs.establishment]
        for change in inputs.changes:
            if change.kind is ChangeKind.POSTS:
                for month in range(change.month, inputs.months + 1):
                    self.establishment[month][change.to_cell] += round(change.fte * UNIT)
        self.people = [self.person(index) for index in range(len(inputs.people))]

    def multipliers(self) -> None:
        rates, rng = self.rates, self.rng
        self.g = [[gamma(rng, seen) for seen in row] for row in rates.leaving_seen]
        shocks, years = [], -(-self.inputs.months // 12)
        for _ in range(years):
            fresh = rng.gauss(0, 1)
            rho = rates.shock_persistence
            shocks.append(rho * shocks[-1] + sqrt(1 - rho**2) * fresh if shocks else fresh)
        self.year = [[exp(sd * z - sd**2 / 2) for z in shocks] for sd in rates.shock_sd]
        self.g_absence = [gamma(rng, seen) for seen in rates.absence_seen]
        self.g_limited = [gamma(rng, seen) for seen in rates.limited_seen]

    def person(self, i: int) -> Someone:
        p = self.inputs.people
        one = Someone(
            fte=round(p.fte[i] * UNIT),
            category=int(p.category[i]),
            service=int(p.service[i]),
            rank_since=-int(p.in_rank[i]),
            cell=None if p.cell[i] == -1 else int(p.cell[i]),
            home=None if p.home_cell[i] == -1 else int(p.home_cell[i]),
            home_month=int(p.home_month[i]) if p.cell[i] != -1 else 0,
            back_month=int(p.arrive_month[i]),
            back_chance=float(p.arrive_chance[i]),
            open_return=bool(p.away_open[i]) and p.cell[i] == -1,
            notice=int(p.leave_month[i]),
            independent=int(p.independent_month[i]),
        )
        one.stands_in = bool(one.home_month)
        for change in self.inputs.changes:
            if change.person == i and change.month <= one.home_month:
                one.home_month = 0
        if one.open_return:
            one.back_month = self.months_until(self.rates.return_rate)
            one.back_chance = 1.0
        elif one.home is not None and (one.home_month or one.back_month):
            one.holds = one.home
        if p.absent[i]:
            one.is_absent = True
            one.absent_to = int(p.absent_to[i]) or self.months_until(self.rates.absence_end[one.category])
        if p.limited[i]:
            one.is_limited = True
            one.limited_to = int(p.limited_to[i]) or self.months_until(self.rates.limited_end[one.category])
        return one

    def months_until(self, rate: float) -> int:
        """Geometric: each month's chance is 1 - exp(-rate)."""
        months = 1
        while self.rng.random() >= 1 - exp(-rate) and months < 500:
            months += 1
        return months

    def go(self) -> tuple[list, list, list]:
        histories: tuple[list, list, list] = ([], [], [])
        for month in range(self.inputs.months + 1):
            if month:
                self.month = month
                self.step()
            for history, level in zip(histories, self.levels(), strict=True):
                history.append(level)
        return histories

    def step(self) -> None:
        self.end_spells()
        self.leave()
        self.come()
        self.go_home()
        self.place()
        self.planned()
        if self.month in self.inputs.board_months:
            for rule in self.inputs.promotions:
                self.promote(rule)
        for rule in self.inputs.recruitment:
            self.recruit(rule)
        self.begin_spells()

    def end_spells(self) -> None:
        for one in self.people:
            if one.absent_to == self.month:
                one.is_absent = False
            if one.limited_to == self.month:
                one.is_limited = False

    def leave(self) -> None:
        for one in self.people:
            if one.gone or one.came_in >= self.month:
                continue
            if one.notice:
                leaves = one.notice == self.month
            else:
                band = max(i for i, start in enumerate(self.rates.band_starts) if start <= one.service)
                hazard = float(self.rates.leaving[one.category][band].sum())
                hazard *= self.g[one.category][band] * self.year[one.category][(self.month - 1) // 12]
                leaves = self.rng.random() < 1 - exp(-hazard)
            if leaves:
                self.end(one)
        for one in self.people:
            one.service += 1

    def end(self, one: Someone) -> None:
        one.gone, one.cell, one.holds = True, None, None

    def come(self) -> None:
        for intake in self.inputs.intakes:
            if intake.month == self.month:
                self.join(intake)
        for change in self.inputs.changes:
            if change.kind is ChangeKind.JOIN and change.month == self.month:
                heads = max(1, -int(-change.fte // 1))
                for _ in range(heads):
                    self.people.append(
                        Someone(
                            fte=round(change.fte / heads * UNIT),
                            category=change.category,
                            service=change.service,
                            rank_since=self.month,
                            cell=change.to_cell,
                            came_in=self.month,
                        )
                    )
        for one in self.people:
            if one.back_month == self.month and one.cell is None and not one.gone:
                one.holds = None
                if self.rng.random() < one.back_chance:
                    one.cell = one.home
                else:
                    self.end(one)

    def join(self, intake) -> None:
        chance = intake.show
        if intake.show_seen and 0 < chance < 1:
            chance = self.rng.betavariate(chance * intake.show_seen, (1 - chance) * intake.show_seen)
        direct = intake.training_cell == -1 or not intake.training_months
        for seat, cell in enumerate(seats_of(intake)):
            del seat
            if self.rng.random() >= chance:
                continue
            one = Someone(
                fte=round(intake.fte * UNIT),
                category=intake.category,
                service=intake.service,
                rank_since=self.month,
                came_in=self.month,
                independent=self.month + intake.independent_after,
                intake=intake,
            )
            if direct:
                one.cell = cell if cell is not None else self.largest_gap(intake.cells)
            else:
                one.cell, one.placed_cell = intake.training_cell, cell
                one.placed_month = self.month + intake.training_months
            self.people.append(one)

    def go_home(self) -> None:
        for one in self.people:
            if one.home_month == self.month and one.cell is not None:
                one.holds, one.stands_in = None, False
                if one.home is None:
                    self.end(one)
                else:
                    one.cell = one.home

    def place(self) -> None:
        for one in self.people:
            if one.placed_month == self.month and one.cell is not None:
                one.cell = (
                    one.placed_cell if one.placed_cell is not None else self.largest_gap(one.intake.cells)
                )

    def planned(self) -> None:
        for change in self.inputs.changes:
            if change.month != self.month or change.kind not in (ChangeKind.MOVE, ChangeKind.LEAVE):
                continue
            if change.person != -1:
                who = [self.people[change.person]]
                who = [one for one in who if one.cell is not None]
            else:
                there = [one for one in self.people if one.cell == change.from_cell]
                who = self.rng.sample(there, min(len(there), max(1, round(change.fte))))
            for one in who:
                if change.kind is ChangeKind.LEAVE:
                    self.end(one)
                else:
                    if self.rank(one.cell) != self.rank(change.to_cell):
                        one.rank_since = self.month
                    one.cell, one.stands_in = change.to_cell, False

    def rank(self, cell: int) -> int:
        return self.inputs.cells[cell].rank_id

    def free(self, cell: int) -> int:
        """Vacant ten-thousandths that no one is known to come for."""
        wanted = self.establishment[self.month][cell]
        for change in self.inputs.changes:
            fills = change.kind in (ChangeKind.MOVE, ChangeKind.JOIN) and change.to_cell == cell
            if fills and change.month > self.month:
                wanted -= round(change.fte * UNIT)
        there = sum(one.fte for one in self.people if one.cell == cell)
        held = sum(one.fte for one in self.people if one.holds == cell and not one.gone)
        return wanted - there - held

    def largest_gap(self, cells) -> int:
        return max(cells, key=self.free)

    def vacancies(self, cells, chance: float) -> list[int]:
        found = [cell for cell in cells for _ in range(self.free(cell) // UNIT)]
        found = [cell for cell in found if self.rng.random() < chance]
        self.rng.shuffle(found)
        return found

    def promote(self, rule) -> None:
        if paused(rule, self.month):
            return
        able = [
            one
            for one in self.people
            if one.cell in rule.from_cells
            and not one.stands_in
            and one.service >= rule.least_service
            and self.month - one.rank_since >= rule.least_in_rank
        ]
        self.rng.shuffle(able)
        for cell in self.vacancies(rule.to_cells, rule.share):
            if able:
                one = able.pop()
                one.cell, one.rank_since = cell, self.month

    def recruit(self, rule) -> None:
        if paused(rule, self.month) or self.month < rule.first_month:
            return
        filled = self.vacancies(rule.cells, rule.rate)
        for cell in filled[: rule.most_a_month or None]:
            self.people.append(
                Someone(
                    fte=UNIT,
                    category=rule.category,
                    service=rule.service,
                    rank_since=self.month,
                    cell=cell,
                    came_in=self.month,
                )
            )

    def begin_spells(self) -> None:
        rates = self.rates
        for one in self.people:
            if one.cell is None:
                continue
            c = one.category
            if not one.is_absent and self.rng.random() < 1 - exp(-rates.absence[c] * self.g_absence[c]):
                one.is_absent = True
                one.absent_to = self.month + self.months_until(rates.absence_end[c])
            if not one.is_limited and self.rng.random() < 1 - exp(-rates.limited[c] * self.g_limited[c]):
                one.is_limited = True
                one.limited_to = self.month + self.months_until(rates.limited_end[c])

    def levels(self) -> tuple[list[int], list[int], list[int]]:
        strength, available, deployable = ([0] * self.cells for _ in range(3))
        for one in self.people:
            if one.cell is None:
                continue
            strength[one.cell] += one.fte
            if not one.is_absent:
                available[one.cell] += one.fte
                share = self.inputs.limited_share if one.is_limited else 1.0
                share *= self.inputs.not_independent_share if one.independent > self.month else 1.0
                deployable[one.cell] += round(one.fte * share)
        return strength, available, deployable


def gamma(rng: random.Random, seen: float) -> float:
    return 1.0 if seen == inf else rng.gammavariate(seen, 1 / seen)


def paused(rule, month: int) -> bool:
    return bool(rule.paused_from) and rule.paused_from <= month < (rule.paused_to or month + 1)


def seats_of(intake) -> list[int | None]:
    """The cell of each seat by largest remainder; None where it goes to the largest gap."""
    if not intake.weights:
        return [None] * intake.seats
    exact = [weight / sum(intake.weights) * intake.seats for weight in intake.weights]
    seats = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda i: (seats[i] - exact[i], i))
    for i in order[: intake.seats - sum(seats)]:
        seats[i] += 1
    return [cell for cell, number in zip(intake.cells, seats, strict=True) for _ in range(number)]


def one_run(inputs: Inputs, rng: random.Random) -> tuple[list, list, list]:
    """Strength, available and deployable of one run, each [month][cell] in ten-thousandths."""
    return Run(inputs, rng).go()
