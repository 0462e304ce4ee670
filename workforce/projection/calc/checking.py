"""Whether inputs can be projected at all: a sentence for each way in which they cannot."""

from workforce.projection.calc.inputs import AWAY, ChangeKind, Inputs

# Months are kept in a byte.
MOST_MONTHS = 240


def check(inputs: Inputs) -> None:
    """Raises ValueError with what is wrong."""
    for problem in problems(inputs):
        raise ValueError(problem)


def problems(inputs: Inputs) -> list[str]:
    """What contradicts itself in the inputs, in words."""
    return [*_of_shape(inputs), *_of_people(inputs), *_of_rules(inputs)]


def _of_shape(inputs: Inputs) -> list[str]:
    found = []
    cells = len(inputs.cells)
    if not 1 <= inputs.months <= MOST_MONTHS:
        found.append(f"A projection runs over 1 to {MOST_MONTHS} months, not {inputs.months}.")
    if inputs.establishment.shape != (inputs.months + 1, cells):
        found.append(
            f"The establishment must be given for months 0 to {inputs.months} and {cells} cells; "
            f"its shape is {inputs.establishment.shape}."
        )
    if len(inputs.cell_category) != cells:
        found.append("Each cell needs a worker category.")
    if inputs.rates.band_starts[0] != 0:
        found.append("The first band of service must begin at 0 months.")
    if not (inputs.rates.leaving >= 0).all():
        found.append("A rate of leaving cannot be below nought.")
    return found


def _of_people(inputs: Inputs) -> list[str]:
    people, cells = inputs.people, len(inputs.cells)
    found = []
    for name in ("cell", "home_cell"):
        values = getattr(people, name)
        if len(values) and (values.min() < AWAY or values.max() >= cells):
            found.append(f"People stand in cells 0 to {cells - 1}; {name} has others.")
    if ((people.cell == AWAY) & (people.home_cell == AWAY)).any():
        found.append("Someone stands in no cell and is to come to none.")
    if ((people.cell == AWAY) & (people.arrive_month == 0) & ~people.away_open).any():
        found.append("Someone is away who neither comes back in a month nor has an open return.")
    if len(people.category) and people.category.max() >= len(inputs.categories):
        found.append("Someone is of a worker category that is not there.")
    return found


def _of_rules(inputs: Inputs) -> list[str]:
    found = []
    for kind, keys in (
        ("intakes", [each.key for each in inputs.intakes]),
        ("planned changes", [each.key for each in inputs.changes]),
        ("rules of promotion", [each.key for each in inputs.promotions]),
        ("rules of recruitment", [each.key for each in inputs.recruitment]),
    ):
        if len(set(keys)) < len(keys):
            found.append(f"Two {kind} have the same key.")
    for intake in inputs.intakes:
        if not intake.cells or (intake.weights and len(intake.weights) != len(intake.cells)):
            found.append(f"Intake {intake.key} needs cells, and weights for all of them or none.")
        if not 1 <= intake.month <= inputs.months or not 0 <= intake.show <= 1:
            found.append(f"Intake {intake.key} must join within the months looked at, by a chance of 0 to 1.")
    for change in inputs.changes:
        if not 1 <= change.month <= inputs.months:
            found.append(f"Planned change {change.key} is not within the months looked at.")
        if change.kind is not ChangeKind.LEAVE and change.to_cell == AWAY:
            found.append(f"Planned change {change.key} leads to no cell.")
        from_someone = change.kind in (ChangeKind.MOVE, ChangeKind.LEAVE)
        if from_someone and change.person == AWAY and change.from_cell == AWAY:
            found.append(f"Planned change {change.key} says neither who goes nor from which cell.")
    return found
