"""Lists of skills, requirements, people and courses."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.web.lists import DayColumn, NumberColumn, RangeColumn
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.tables.lists import ForceTable
from workforce.skills.models import Course, CourseState, PersonSkill, Skill, SkillRequirement

_LOOKS = {"caption_hidden": True, "row_headers": True}


class SkillColumn(django_tables2.Column):
    """A skill's name that leads to its page; `key` is the row's name for the skill's id."""

    def __init__(self, *args: Any, key: str = "pk", **kwargs: Any) -> None:
        self.key = key
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any, table: Any) -> Any:
        href = reverse("skills:skill", args=[table.force.slug, django_tables2.A(self.key).resolve(record)])
        return format_html('<a class="govuk-link" href="{}{}">{}</a>', href, table.query, value)

    def value(self, value: Any) -> Any:
        return str(value)


class PersonColumn(django_tables2.Column):
    """A person who leads to their record. Lists with it hold only people within the reader's reach."""

    def render(self, value: Any, table: Any) -> Any:
        href = reverse("people:person", args=[table.force.slug, value.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value(self, value: Any) -> str:
        return str(value)


class _SkillsTable(ForceTable):
    """`query` is what links to a skill carry along, such as '?on=2016-03-31'."""

    def __init__(self, *args: Any, query: str = "", **kwargs: Any) -> None:
        self.query = query
        super().__init__(*args, **kwargs)


class SkillTable(_SkillsTable):
    name = SkillColumn()
    code = django_tables2.Column()
    group = django_tables2.Column()
    levels = django_tables2.Column(orderable=False)
    lasts_months = NumberColumn(verbose_name="Lasts (months)")
    requirements_count = NumberColumn(verbose_name="Requirements")
    holders_count = NumberColumn(verbose_name="Holders")
    retired_on = DayColumn(verbose_name="Retired from")

    class Meta:
        model = Skill
        fields: list[str] = []
        sequence = (
            "name",
            "code",
            "group",
            "levels",
            "lasts_months",
            "requirements_count",
            "holders_count",
            "retired_on",
        )
        attrs = _LOOKS
        empty_text = "No skill matches."

    def render_levels(self, value: list[str]) -> str:
        return ", ".join(value)

    value_levels = render_levels


class RequirementTable(_SkillsTable):
    skill = SkillColumn(key="skill_id", order_by="skill__name")
    level = django_tables2.Column(accessor="level_name", orderable=False)
    of_whom = django_tables2.Column(verbose_name="Role or post", order_by=("role__name", "post__reference"))
    how_many = django_tables2.Column(orderable=False)
    during = RangeColumn(verbose_name="Dates")
    change = django_tables2.Column(
        verbose_name="Change", empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta:
        model = SkillRequirement
        fields: list[str] = []
        sequence = ("skill", "level", "of_whom", "how_many", "during", "change")
        attrs = _LOOKS
        empty_text = "No requirement matches on this day."

    def __init__(self, *args: Any, may_edit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_edit:
            self.columns.hide("change")

    def render_change(self, record: SkillRequirement) -> Any:
        end, remove = (
            reverse(f"skills:requirement-{name}", args=[self.force.slug, record.pk])
            for name in ("end", "remove")
        )
        return format_html(
            '<a class="govuk-link" href="{}">End<span class="govuk-visually-hidden"> {}</span></a>, '
            '<a class="govuk-link" href="{}">remove<span class="govuk-visually-hidden"> {}</span></a>',
            end,
            record,
            remove,
            record,
        )


class CoverageTable(_SkillsTable):
    """Skills with what is required and held; rows are `reports.SkillRow`."""

    skill = SkillColumn(key="skill__pk", order_by="skill__name")
    required = NumberColumn()
    held = NumberColumn()
    self_assessed = NumberColumn(verbose_name="Self-assessed")
    gap = NumberColumn(verbose_name="Gap")
    expiring_6 = NumberColumn(verbose_name="Expires in 6 months")
    gap_6 = NumberColumn(verbose_name="Gap in 6 months")
    gap_12 = NumberColumn(verbose_name="In 12 months")
    gap_renewed = NumberColumn(verbose_name="In 12 months, renewed")
    where = django_tables2.Column(verbose_name="Short in", orderable=False, default="nowhere")

    class Meta:
        attrs = _LOOKS
        empty_text = "No skill is required here on this day."


class ShortageTable(_SkillsTable):
    """Departments short of a skill, now or later; rows are `reports.ShortageRow`."""

    skill = SkillColumn(key="skill__pk", order_by="skill__name")
    unit = django_tables2.Column(verbose_name="Unit", order_by="unit__name")
    area = django_tables2.Column(verbose_name="Area")
    required = NumberColumn()
    held = NumberColumn()
    gap = NumberColumn()
    gap_6 = NumberColumn(verbose_name="Gap in 6 months")
    gap_12 = NumberColumn(verbose_name="Gap in 12 months")
    since = django_tables2.Column(verbose_name="Short")

    class Meta:
        attrs = _LOOKS
        empty_text = "No department is short of a skill, now or in the next 12 months."

    def render_unit(self, value: Any, record: Any) -> Any:
        href = reverse("skills:unit", args=[self.force.slug, value.pk])
        return format_html('<a class="govuk-link" href="{}{}">{}</a>', href, self.query, value)

    def value_unit(self, value: Any) -> str:
        return str(value)


class PeopleBehindTable(_SkillsTable):
    """People asked for a skill; rows are `reports.PersonRow`."""

    person = PersonColumn(order_by="person__family_name")
    unit = django_tables2.Column(order_by="unit__name")
    needed = django_tables2.Column(verbose_name="Must hold")
    held = django_tables2.Column(verbose_name="Holds")
    until = DayColumn(verbose_name="Last day")

    class Meta:
        attrs = _LOOKS
        empty_text = "Nobody whom you may see."


class HolderTable(_SkillsTable):
    """Records of a skill: who holds it."""

    person = PersonColumn(order_by=("person__family_name", "person__given_names"))
    skill = SkillColumn(key="skill_id", order_by="skill__name")
    level = django_tables2.Column(accessor="level_name", order_by="level")
    state = django_tables2.Column()
    during = RangeColumn(verbose_name="Dates")
    decided_by = django_tables2.Column(verbose_name="Decided by")
    evidence = django_tables2.Column(orderable=False)

    class Meta:
        model = PersonSkill
        fields: list[str] = []
        sequence = ("person", "skill", "level", "state", "during", "decided_by", "evidence")
        attrs = _LOOKS
        empty_text = "Nobody whom you may see."


class CourseTable(_SkillsTable):
    title = django_tables2.Column()
    skill = SkillColumn(key="skill_id", accessor="gives", order_by=("skill__name", "level"))
    during = RangeColumn(verbose_name="Dates")
    provider = django_tables2.Column()
    state = django_tables2.Column()
    places = NumberColumn()
    taken = NumberColumn(verbose_name="Given")
    asked = NumberColumn(verbose_name="Asked for")
    cost_per_place = NumberColumn(verbose_name="A place", shown=peelsite_web.pounds)
    cost = NumberColumn(verbose_name="Cost", shown=peelsite_web.pounds)

    class Meta:
        model = Course
        fields: list[str] = []
        sequence = (
            "title",
            "skill",
            "during",
            "provider",
            "state",
            "places",
            "taken",
            "asked",
            "cost_per_place",
            "cost",
        )
        attrs = _LOOKS
        empty_text = "No course matches."

    def render_title(self, value: str, record: Course) -> Any:
        href = reverse("skills:course", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_title(self, value: str) -> str:
        return value

    def render_state(self, record: Course) -> str:
        if record.state != CourseState.CANCELLED and record.acquired_on < self.day:
            return "Over"
        return str(record.get_state_display())
