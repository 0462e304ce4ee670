"""Turns what PostgreSQL refuses into a sentence that a clerk understands."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)

SENTENCES = {
    "workforce_posting_one_at_a_time": (
        "This person already holds a posting of the same sort in these dates. "
        "End that posting first, or choose dates that do not overlap."
    ),
    "workforce_posting_one_away_at_a_time": (
        "This person is already acting, on temporary promotion, attached or seconded in these dates. "
        "End that posting first, or choose dates that do not overlap."
    ),
    "workforce_absence_one_at_a_time": "This person already has an absence in these dates.",
    "workforce_limitedduty_one_at_a_time": "This person is already on limited duties in these dates.",
    "workforce_post_reference_once_a_force": "This force already has a post with this reference.",
    "workforce_person_number_once_a_force": "This force already has a person with this number.",
    "workforce_posting_fte_within_one": "The FTE of a posting must be above 0 and not above 1.",
    "workforce_post_fte_above_zero": "The FTE of a post must be above 0 and not above 50.",
    "workforce_posting_post_unless_seconded_out": (
        "A posting needs a post, unless the person is seconded out of the force."
    ),
    "workforce_posting_host_of_a_secondment": (
        "A secondment names the other force or body; no other kind of posting does."
    ),
    "workforce_posting_dates_not_empty": "The end date must be after the start date.",
    "workforce_post_dates_not_empty": "The end date must be after the start date.",
    "workforce_person_employment_not_empty": "The leaving date must be after the joining date.",
    "workforce_person_reason_only_when_leaving": "A leaving reason needs a leaving date.",
    "workforce_posttofill_waits_once": (
        "Another decision already asks a unit head to fill one of these posts. "
        "Choose other posts, or change that decision."
    ),
    "forces_area_code_once_a_force": "This force already has an area with this code.",
    "forces_location_code_once_a_force": "This force already has a location with this code.",
    "forces_location_name_once_a_force": "This force already has a location with this name.",
    "forces_unit_code_once_a_force": "This force already has a unit with this code.",
    "workforce_rank_code_once": "This force already has a grade with this code.",
    "workforce_role_code_once_a_force": "This force already has a role with this code.",
    "workforce_role_name_once_a_force": "This force already has a role with this name.",
    "workforce_fundingsource_name_once_a_force": "This force already has a funding source with this name.",
    "forces_force_leave_year_is_a_day": "The leave year starts on a day from 1 to 28 of a month.",
    "workforce_board_once_a_day": "Another board of this series is on that day; choose another day.",
    "workforce_skill_code_once_a_force": "This force already has a skill with this code.",
    "workforce_skill_name_once_a_force": "This force already has a skill with this name.",
    "workforce_skillrequirement_role_once": "The role is already asked for this skill in these dates.",
    "workforce_skillrequirement_role_in_unit_once": (
        "The role is already asked for this skill in this unit in these dates."
    ),
    "workforce_skillrequirement_post_once": "The post is already asked for this skill in these dates.",
    "workforce_personskill_confirmed_once": "This person already holds this skill in these dates.",
    "workforce_personskill_waits_once": (
        "A self-assessment of this skill waits to be confirmed already. Take that one back first."
    ),
    "workforce_courseplace_once_a_course": "This person is on the list of the course already.",
    "workforce_traveltime_once_a_pair": "Minutes between these two are entered already; change those.",
    "workforce_minimumstrength_one_a_unit": "This unit already has a minimum strength in these dates.",
    "workforce_minimumstrength_one_a_rank": "This unit already has a minimum of this rank in these dates.",
    "workforce_flexibleworking_one_at_a_time": "This person already has an agreement in these dates.",
    "workforce_promotionplace_one_at_a_time": (
        "This person already has a place or a pass for this rank in these dates."
    ),
    "workforce_moveproposal_one_open_a_post": (
        "Somebody is already proposed for this post. Take that proposal back first."
    ),
    "workforce_intake_name_once_a_month": (
        "Another intake of this name starts in that month; choose another name."
    ),
    "workforce_promotionpool_once_a_month": (
        "There is a pool of this rank from that month; change its number instead."
    ),
    "workforce_budgetline_once_a_day": (
        "There is a budget figure of this worker type for that day; change it instead."
    ),
    "workforce_scenario_name_once_a_force": "Another scenario has this name; choose another.",
    "forces_location_on_the_map": (
        "Give latitude and longitude, both or neither: from 49 to 61, and from -9 to 2, as in Britain."
    ),
}


def sentence_of(refused: IntegrityError) -> str:
    """The sentence for a refusal: the database's own where a rule wrote one, else by the constraint."""
    diagnostic = getattr(refused.__cause__, "diag", None)
    name = getattr(diagnostic, "constraint_name", None) or ""
    if name in SENTENCES:
        return SENTENCES[name]
    if name.startswith(("forces_", "workforce_")) and getattr(diagnostic, "message_primary", ""):
        return diagnostic.message_primary
    return "This does not agree with what the site already holds; check the dates, the post and the person."


# The field of a form, or argument of a service, that a refusal is about.
FIELDS = {
    "workforce_posting_one_at_a_time": "starts_on",
    "workforce_posting_one_away_at_a_time": "starts_on",
    "workforce_absence_one_at_a_time": "starts_on",
    "workforce_limitedduty_one_at_a_time": "starts_on",
    "workforce_post_reference_once_a_force": "reference",
    "workforce_person_number_once_a_force": "number",
    "workforce_posting_fte_within_one": "fte",
    "workforce_post_fte_above_zero": "fte",
    "workforce_posting_post_unless_seconded_out": "post",
    "workforce_posting_host_of_a_secondment": "host",
    "workforce_posting_post_not_overfilled": "post",
    "workforce_posting_within_employment": "starts_on",
    "workforce_posting_within_post": "starts_on",
    "forces_area_code_once_a_force": "code",
    "forces_location_code_once_a_force": "code",
    "forces_location_name_once_a_force": "name",
    "forces_unit_code_once_a_force": "code",
    "forces_unit_closes_before_its_parent": "closed_on",
    "workforce_rank_code_once": "code",
    "workforce_role_code_once_a_force": "code",
    "workforce_role_name_once_a_force": "name",
    "workforce_fundingsource_name_once_a_force": "name",
    "workforce_skill_code_once_a_force": "code",
    "workforce_skill_name_once_a_force": "name",
    "workforce_skill_level_in_use": "levels",
    "workforce_skillrequirement_role_once": "starts_on",
    "workforce_skillrequirement_role_in_unit_once": "starts_on",
    "workforce_skillrequirement_post_once": "starts_on",
    "workforce_personskill_confirmed_once": "acquired_on",
    "workforce_personskill_waits_once": "skill",
    "workforce_courseplace_once_a_course": "person",
    "workforce_courseplace_within_the_course": "places",
    "workforce_traveltime_once_a_pair": "destination",
    "workforce_minimumstrength_one_a_unit": "starts_on",
    "workforce_minimumstrength_one_a_rank": "starts_on",
    "workforce_flexibleworking_one_at_a_time": "starts_on",
    "workforce_promotionplace_one_at_a_time": "starts_on",
    "workforce_intake_name_once_a_month": "name",
    "workforce_promotionpool_once_a_month": "ready_on",
    "workforce_budgetline_once_a_day": "as_at",
    "workforce_scenario_name_once_a_force": "name",
    "forces_location_on_the_map": "latitude",
}


def refusal_of(refused: IntegrityError, sentence: str = "") -> ValidationError:
    """The refusal as an error on the field concerned, with `sentence` in place of the rule's own if given."""
    name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) or ""
    sentence = sentence or sentence_of(refused)
    return ValidationError({FIELDS[name]: sentence}) if name in FIELDS else ValidationError(sentence)


@contextmanager
def refusals_in_words(sentence: str = "") -> Iterator[None]:
    """A savepoint that turns what PostgreSQL refuses inside it into the error of `refusal_of`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        raise refusal_of(refused, sentence) from refused


def saved(row: Row, sentence: str = "", *, update_fields: list[str] | None = None) -> Row:
    """The row, saved; ValidationError for what its fields or PostgreSQL refuse."""
    with refusals_in_words(sentence):
        # Constraints are left to PostgreSQL, which alone can hold them against a neighbour.
        row.full_clean(validate_constraints=False, validate_unique=False)
        row.save(update_fields=update_fields)
    return row
