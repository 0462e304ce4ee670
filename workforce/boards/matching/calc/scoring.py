"""How well a person fits a post: a sum of named points, each with its reason in words.

Nothing is hidden in the sum: every point that is given or taken has a line that the unit head reads. What
rules a person out stands apart and has no points. Health has none either, whoever looks, so that the order
tells nobody anything about it.
"""

from dataclasses import dataclass
from datetime import date

from workforce.boards.matching.calc.facts import Held, Need, PersonFacts, PostFacts, Team, Terms

POINTS: dict[str, int] = {
    "rank_held": 30,
    "promotion_pool": 25,
    "promotion_qualified": 15,
    "acting_only": -10,
    "role_now": 15,
    "role_before": 10,
    "skill_held": 5,
    "skill_missing": -10,
    "skill_unconfirmed": -3,
    "same_place": 10,
    "near": 5,
    "far": -5,
    "very_far": -10,
    "tenure_reached": 5,
    "tenure_short": -15,
    "wants_move": 5,
    "wants_no_move": -5,
    "wished_role": 10,
    "wished_location": 5,
    "wished_unit": 5,
    "wished_later": -10,
    "part_of_post": -5,
    "leaves_within_year": -10,
    "leaves_within_half_year": -20,
    "away": -5,
    "below_minimum": -20,
    "leaves_gap": -5,
    "leaves_no_gap": 5,
    "same_cell": -40,
}
# What each is for, as the page says below the list.
POINTS_FOR: dict[str, str] = {
    "rank_held": "Holds the rank",
    "promotion_pool": "One rank below, in the promotion pool",
    "promotion_qualified": "One rank below, qualified for temporary promotion",
    "acting_only": "One rank below, and could only act",
    "role_now": "Does the role now",
    "role_before": "Did the role before",
    "skill_held": "Each skill that the post asks for and the person holds",
    "skill_missing": "Each skill that everyone in the post must have and the person has not",
    "skill_unconfirmed": "Each of those that is only self-assessed",
    "same_place": "Works at the same location",
    "near": "Up to 20 minutes by road from the present place of work",
    "far": "More than 40 minutes",
    "very_far": "More than 60 minutes",
    "tenure_reached": "In the present post for the minimum tenure",
    "tenure_short": "Less than the minimum tenure",
    "wants_move": "Would like to move",
    "wants_no_move": "Would not like to move",
    "wished_role": "Wishes for this role",
    "wished_location": "Wishes for this location",
    "wished_unit": "Wishes for this unit",
    "wished_later": "Would like to move only later",
    "part_of_post": "Works less than the post's FTE",
    "leaves_within_year": "Leaves within a year",
    "leaves_within_half_year": "Leaves within half a year",
    "away": "Is acting, promoted for a time or attached elsewhere",
    "below_minimum": "The present team would fall below its minimum, or further below it",
    "leaves_gap": "Leaves a gap where they are",
    "leaves_no_gap": "Leaves no gap where they are",
    "same_cell": "The same rank, role, unit and location: the gap would only move",
}
NEAR_MINUTES, FAR_MINUTES, VERY_FAR_MINUTES = 20, 40, 60
SKILL_EXPIRES_SOON_DAYS = 182
HALF_YEAR_DAYS, YEAR_DAYS = 182, 365
LEAST = 1e-9

CHECK_HEALTH = "Check with attendance and health before you propose"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an assessment: `name` is a key of POINTS, '' for what only has to be known."""

    name: str
    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """`cannot` says what rules the person out. Whoever is of another rank or worker type has no reasons."""

    person_id: int
    score: int
    reasons: tuple[Reason, ...]
    cannot: tuple[str, ...]

    @property
    def reasons_for(self) -> list[str]:
        return [reason.words for reason in self.reasons if reason.points > 0]

    @property
    def reasons_against(self) -> list[str]:
        return [reason.words for reason in self.reasons if reason.points < 0]

    @property
    def to_know(self) -> list[str]:
        return [reason.words for reason in self.reasons if reason.points == 0]


def assess(post: PostFacts, person: PersonFacts, terms: Terms) -> Assessment:
    """Reasons for and against one person in one post, their sum, and what rules the person out."""
    reasons: list[Reason] = []
    cannot = _ruled_out(post, person)
    if not _rank_fits(post, person):
        # Of another rank or worker type: the rest does not matter, and a force has thousands of these.
        return Assessment(person.person_id, 0, (), tuple(cannot))
    for about in (_rank, _role, _skills, _travel, _wishes, _hours, _leaving, _away, _left_behind):
        reasons += about(post, person)
    reasons += _tenure(person, terms) + _limited(person, terms)
    return Assessment(
        person.person_id, sum(reason.points for reason in reasons), tuple(reasons), tuple(cannot)
    )


def _given(name: str, words: str) -> Reason:
    return Reason(name, POINTS[name], words)


def _known(words: str) -> Reason:
    return Reason("", 0, words)


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def last_day(day: date) -> str:
    """The day before the first day on which something no longer holds, in words."""
    return day_words(date.fromordinal(day.toordinal() - 1))


def months_words(months: int) -> str:
    """'2 years 3 months', '5 months', 'less than a month'."""
    if months < 1:
        return "less than a month"
    years, rest = divmod(months, 12)
    parts = [f"{years} year{'s' if years != 1 else ''}"] if years else []
    if rest:
        parts.append(f"{rest} month{'s' if rest != 1 else ''}")
    return " ".join(parts)


def whole_months(since: date, until: date) -> int:
    """Whole months between two days; 0 where the second is the earlier."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    return max(months, 0)


def _fte_words(value: float) -> str:
    return f"{value:.1f}"


def _ruled_out(post: PostFacts, person: PersonFacts) -> list[str]:
    found = []
    if person.post_id == post.post_id:
        found.append("Is in this post already")
    if not _rank_fits(post, person):
        found.append(f"{person.rank}: the post is for a {post.rank.lower()}{_or_below(post)}")
    if person.leaves is not None and person.leaves <= post.on:
        found.append(f"Leaves the force, last day {last_day(person.leaves)}")
    if person.is_absent:
        back = f" until {last_day(person.back_on)}" if person.back_on else ", and no day of return is known"
        found.append(f"Is away from work on {day_words(post.on)}{back}")
    if person.booked_on is not None:
        found.append(f"Is due to go to {person.booked_where} on {day_words(person.booked_on)}")
    return found


def _or_below(post: PostFacts) -> str:
    return ", or one rank below" if post.takes_from_below and post.below_id else ""


def _rank_fits(post: PostFacts, person: PersonFacts) -> bool:
    if person.category != post.category:
        return False
    if person.rank_id == post.cell[0]:
        return True
    return post.takes_from_below and person.rank_id == post.below_id


def _rank(post: PostFacts, person: PersonFacts) -> list[Reason]:
    if person.rank_id == post.cell[0]:
        return [_given("rank_held", f"Holds the rank of {post.rank.lower()}")]
    if not _rank_fits(post, person):
        return []
    below = f"{person.rank}"
    if person.promotion == "pool":
        return [_given("promotion_pool", f"{below}, in the promotion pool for {post.rank.lower()}")]
    if person.promotion == "qualified":
        words = f"{below}, qualified for temporary promotion to {post.rank.lower()}"
        return [_given("promotion_qualified", words)]
    words = f"{below}, neither in the promotion pool nor qualified: could only act"
    return [_given("acting_only", words)]


def _role(post: PostFacts, person: PersonFacts) -> list[Reason]:
    held = months_words(person.months_in_role)
    if person.cell[1] == post.cell[1]:
        return [_given("role_now", f"Does this role now, {held} in all")]
    if person.months_in_role:
        return [_given("role_before", f"Did this role before, {held}")]
    return []


def _skills(post: PostFacts, person: PersonFacts) -> list[Reason]:
    return [reason for need in post.needs for reason in _skill(need, person.held.get(need.skill_id), post.on)]


def _skill(need: Need, held: Held | None, on: date) -> list[Reason]:
    name = need.name if need.level == 1 else f"{need.name} ({need.level_name})"
    if held is None or held.level < need.level:
        if not need.is_of_everyone:
            return []
        lower = "only at a lower level" if held else "not held"
        return [_given("skill_missing", f"{name}: {lower}")]
    if not held.is_confirmed:
        return [_given("skill_unconfirmed", f"{name}: self-assessed, not confirmed")]
    found = [_given("skill_held", f"{name}{_until(held.ends)}")]
    if held.ends is not None and (held.ends - on).days <= SKILL_EXPIRES_SOON_DAYS:
        found.append(_known(f"{name} has to be renewed by {last_day(held.ends)}"))
    return found


def _until(ends: date | None) -> str:
    return f", in date until {last_day(ends)}" if ends is not None else ""


def _travel(post: PostFacts, person: PersonFacts) -> list[Reason]:
    if person.cell[2] == post.cell[2]:
        return [_given("same_place", f"Works at {post.location} already")]
    if person.minutes is None:
        return [_known(f"How far {post.location} is from {person.location} is not known")]
    words = f"{person.minutes} minutes by road from {person.location}, where they work now"
    if person.minutes <= NEAR_MINUTES:
        return [_given("near", words)]
    if person.minutes > VERY_FAR_MINUTES:
        return [_given("very_far", words)]
    if person.minutes > FAR_MINUTES:
        return [_given("far", words)]
    return [_known(words)]


def _tenure(person: PersonFacts, terms: Terms) -> list[Reason]:
    held = months_words(person.months_in_post)
    least = terms.minimum_tenure_months
    if person.months_in_post < least:
        words = f"In the present post for {held}; the force's minimum is {months_words(least)}"
        return [_given("tenure_short", words)]
    return [_given("tenure_reached", f"In the present post for {held}")]


def _wishes(post: PostFacts, person: PersonFacts) -> list[Reason]:
    wishes = person.wishes
    if wishes is None:
        return []
    found = []
    if wishes.wants_move:
        found.append(_given("wants_move", "Would like to move"))
    else:
        found.append(_given("wants_no_move", "Would not like to move"))
    _, role, location, unit = post.cell
    if role in wishes.roles:
        found.append(_given("wished_role", f"Wishes for the role: {post.role}"))
    if location in wishes.locations:
        found.append(_given("wished_location", f"Wishes for the location: {post.location}"))
    if unit in wishes.units:
        found.append(_given("wished_unit", f"Wishes for the unit: {post.unit}"))
    if wishes.not_before is not None and wishes.not_before > post.on:
        found.append(_given("wished_later", f"Would like to move not before {day_words(wishes.not_before)}"))
    return found


def _hours(post: PostFacts, person: PersonFacts) -> list[Reason]:
    found = []
    if person.fte < post.fte - LEAST and person.fte < 1 - LEAST:
        rest = _fte_words(post.fte - person.fte)
        words = f"Works {_fte_words(person.fte)} FTE; {rest} of the post stays vacant"
        found.append(_given("part_of_post", words))
    if person.hours is not None:
        agreed = person.hours
        pattern = f"{agreed.pattern[:1].upper()}{agreed.pattern[1:].lower()}"
        found.append(
            _known(
                f"{pattern} agreed: {agreed.hours}{_until_agreed(agreed.ends)}, to be reviewed on "
                f"{day_words(agreed.review_on)}. Check that the post can take it"
            )
        )
    return found


def _until_agreed(ends: date | None) -> str:
    return f", until {last_day(ends)}" if ends is not None else ""


def _leaving(post: PostFacts, person: PersonFacts) -> list[Reason]:
    if person.leaves is None or person.leaves <= post.on:
        return []
    days = (person.leaves - post.on).days
    words = f"On notice: last day {last_day(person.leaves)}"
    if days <= HALF_YEAR_DAYS:
        return [_given("leaves_within_half_year", words)]
    if days <= YEAR_DAYS:
        return [_given("leaves_within_year", words)]
    return [_known(words)]


def _away(post: PostFacts, person: PersonFacts) -> list[Reason]:
    if not person.away:
        return []
    until = f" until {last_day(person.away_until)}" if person.away_until else " with no end known"
    return [_given("away", f"{person.away} in {person.unit}{until}")]


def _left_behind(post: PostFacts, person: PersonFacts) -> list[Reason]:
    if person.cell == post.cell:
        return [_given("same_cell", "Does the same in the same place: the gap would only move")]
    found = [_team(team) for team in person.teams]
    if person.gap_after > LEAST:
        found.append(
            _given(
                "leaves_gap",
                f"Leaves {person.rank.lower()}s, {person.role}, {person.unit} short of "
                f"{_fte_words(person.gap_after)} FTE",
            )
        )
    else:
        found.append(_given("leaves_no_gap", f"Leaves no gap in {person.unit}"))
    return found


def _team(team: Team) -> Reason:
    after, least = _fte_words(team.after), _fte_words(team.minimum)
    if team.now < team.minimum - LEAST:
        now = _fte_words(team.now)
        words = f"{team.unit} is below its minimum of {least} FTE already, at {now}; it would fall to {after}"
        return _given("below_minimum", words)
    if team.after < team.minimum - LEAST:
        words = f"{team.unit} would fall to {after} FTE, below its minimum of {least}"
        return _given("below_minimum", words)
    return _known(f"{team.unit} keeps {after} FTE; its minimum is {least}")


def _limited(person: PersonFacts, terms: Terms) -> list[Reason]:
    """No points, whoever looks; only those who may see health records read the fact itself."""
    if not person.is_limited:
        return []
    if not terms.sees_health:
        return [_known(CHECK_HEALTH)]
    until = f" until {last_day(person.limited_until)}" if person.limited_until else " with no end known"
    return [_known(f"Is on limited duties{until}")]
