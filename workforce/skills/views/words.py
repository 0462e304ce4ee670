"""The answers and figures at the top of the pages of coverage, in words."""

from typing import Any

from django.urls import reverse

from peelsite.forces.models import Force
from peelsite.web.templatetags import peelsite_web
from workforce.skills.calc import Figures
from workforce.skills.models import Skill, SkillGroup
from workforce.skills.reports import SkillRow

UNDONE = "if nothing is renewed"


def answer(subject: str, rows: list[SkillRow]) -> str:
    if not rows:
        return f"{subject} asks nobody for a skill on this day."
    short = [row for row in rows if row.is_short[0]]
    required = peelsite_web.counted(len(rows), "skill,skills")
    if not short:
        return f"{subject} is short of none of the {required} required."
    worst = short[0]
    return (
        f"{subject} is short of {len(short)} of the {required} required, most of all of {worst.skill}: "
        f"{peelsite_web.headcount(worst.held)} of the {peelsite_web.headcount(worst.required)} people who "
        "must hold it do."
    )


def key_figures(force: Force, rows: list[SkillRow], query: str) -> list[dict[str, Any]]:
    shortages = reverse("skills:shortages", args=[force.slug]) + query
    counts = [sum(row.is_short[when] for row in rows) for when in range(3)]
    words = (("now", ""), ("in 6 months", UNDONE), ("in 12 months", UNDONE))
    figures = [
        {
            "label": f"Skills short {word}",
            "value": count,
            "href": shortages,
            "note": note,
            "kind": "warning" if count else "good",
        }
        for (word, note), count in zip(words, counts, strict=True)
    ]
    return [
        *figures,
        {
            "label": "Requirements not met",
            "value": peelsite_web.headcount(sum(row.gap for row in rows)),
            "note": f"of {peelsite_web.headcount(sum(row.required for row in rows))}, in people by skill",
        },
        {
            "label": "Expire within 6 months",
            "value": peelsite_web.headcount(sum(row.expiring_6 for row in rows)),
            "note": "records that count today",
        },
    ]


def about(skill: Skill) -> list[dict[str, Any]]:
    lasts = f"{skill.lasts_months} months" if skill.lasts_months else "It does not expire"
    rows = [
        {"term": "Group", "value": SkillGroup(skill.group).label},
        {"term": "Levels, the lowest first", "value": ", ".join(skill.levels)},
        {"term": "Lasts", "value": lasts},
        {"term": "A department is short below", "value": peelsite_web.percent(skill.short_below, 0)},
    ]
    if skill.retired_on:
        rows.append({"term": "Retired from", "value": peelsite_web.day(skill.retired_on)})
    return rows


def skill_answer(subject: str, skill: Skill, figures: list[Figures], renewed: Figures) -> str:
    """`figures` of now and of 6 and 12 months, `renewed` of 12 months if what expires is renewed."""
    now, in_6, in_12 = figures
    if not now.required:
        return f"{subject} asks nobody for {skill} on this day."
    required = peelsite_web.counted(now.required, "person,people")
    return (
        f"{peelsite_web.headcount(now.held)} of {required} who must hold it do: "
        f"{peelsite_web.headcount(now.gap)} short. With what expires and who may leave, "
        f"{round(in_6.expected_gap):,} short in 6 months and {round(in_12.expected_gap):,} in 12 "
        f"({round(in_12.low):,} to {round(in_12.high):,}) if nothing is done; "
        f"{round(renewed.expected_gap):,} in 12 months if what expires is renewed."
    )


def skill_figures(
    force: Force, skill: Skill, now: Figures, query: str, *, named: bool
) -> list[dict[str, Any]]:
    """Each figure opens its people where the reader may see any; `query` is the day and place of the page."""
    people = reverse("skills:people", args=[force.slug]) + f"{query}&skill={skill.pk}"

    def figure(label: str, value: int, show: str, note: str = "", kind: str = "") -> dict[str, Any]:
        return {
            "label": label,
            "value": peelsite_web.headcount(value),
            "href": f"{people}&show={show}" if named else "",
            "note": note,
            "kind": kind,
        }

    spare = f"and {now.spare:,} more than are required of their unit" if now.spare else ""
    soon = f"{now.expiring_3:,} of them within 3 months"
    return [
        figure("Required", now.required, "required"),
        figure("Held", now.held, "held", spare),
        figure("Gap", now.gap, "gap", kind="warning" if now.gap else "good"),
        figure("Self-assessed only", now.self_assessed, "self_assessed", "in the gap until confirmed"),
        figure("Expires within 6 months", now.expiring_6, "expiring_6", soon),
    ]
