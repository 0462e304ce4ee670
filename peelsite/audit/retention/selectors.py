"""Reads of retention: which rule holds, what is due, and what a legal hold keeps."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from peelsite.audit.models import SensitiveRead, SubjectAccessRequest
from peelsite.audit.retention.calc import months_before
from peelsite.audit.retention.models import LegalHold, RetentionRule
from peelsite.audit.retention.registry import RetentionClass, class_of
from peelsite.forces.models import Force

EXAMPLES = 5


@dataclass(frozen=True)
class Due:
    """What one rule would remove on a day. `rows` are those to go; `held` how many a hold keeps."""

    rule: RetentionRule
    retained: RetentionClass
    before: date
    rows: QuerySet
    count: int
    held: int

    def examples(self) -> list[str]:
        """A few of them by name, for the page and the dry run; never kept."""
        return [str(row) for row in self.rows[:EXAMPLES]]

    def numbers(self) -> list[int]:
        """The same without their names."""
        return list(self.rows.values_list("pk", flat=True)[:EXAMPLES])


def sensitive_reads_before(force: Force, day: date) -> QuerySet:
    return SensitiveRead.objects.of_force(force).filter(at__date__lt=day)


def rules_on(force: Force, day: date) -> list[RetentionRule]:
    """The rule of each class that holds on the day: the one that began last."""
    rules: dict[str, RetentionRule] = {}
    found = RetentionRule.objects.of_force(force).filter(valid_from__lte=day).select_related("force")
    for rule in found.order_by("valid_from"):
        rules[rule.what] = rule
    return [rules[what] for what in sorted(rules) if class_of(what) is not None]


def asked_for(force: Force) -> list[int]:
    """People of whom an open request asks what is held."""
    return list(SubjectAccessRequest.objects.of_force(force).open().values_list("person_id", flat=True))


def access_requests_closed_before(force: Force, day: date) -> QuerySet:
    return SubjectAccessRequest.objects.of_force(force).filter(closed_on__lt=day)


def due_by(rule: RetentionRule, day: date) -> Due:
    """What the rule would remove on the day."""
    retained = class_of(rule.what)
    before = months_before(day, rule.months)
    rows = retained.due(rule.force, before)
    free = rows.exclude(_held(rule, retained, day))
    count = free.count()
    return Due(rule, retained, before, free, count, rows.count() - count)


def held_until(rule: RetentionRule, day: date) -> list[LegalHold]:
    """The holds of the day that keep rows of the rule's class."""
    return list(_holds(rule, day).select_related("held_by"))


def _holds(rule: RetentionRule, day: date) -> QuerySet[LegalHold]:
    return LegalHold.objects.of_force(rule.force).filter(
        Q(until__isnull=True) | Q(until__gt=day), Q(what="") | Q(what=rule.what), held_from__lte=day
    )


def _held(rule: RetentionRule, retained: RetentionClass, day: date) -> Q:
    """Rows under a hold on the day. A hold on a person keeps all rows of a class that names no person.

    What an open subject access request asks for is kept as under a hold of that person (Data Protection Act
    2018, section 173: nothing asked for may be destroyed to keep it from the person).
    """
    holds = _holds(rule, day)
    people = set(asked_for(rule.force)) if retained.person else set()
    for hold in holds:
        if hold.person_id is None or not retained.person:
            return Q(pk__isnull=False)
        people.add(hold.person_id)
    if not people:
        return Q(pk__in=[])
    lookup = "overlap" if retained.person.endswith("_ids") else "in"
    return Q(**{f"{retained.person}__{lookup}": sorted(people)})
