"""People, where they are posted, and what keeps them from full duty."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked
from workforce.establishment.models import Post

# Home Office: an absence of more than 28 calendar days is long-term (domain: written answer 12303).
LONG_TERM_AFTER_DAYS = 28


_ONE_PERSON_AT_A_TIME = [
    (OneValueRange(models.F("person_id")), RangeOperators.OVERLAPS),
    ("during", RangeOperators.OVERLAPS),
]


class LeavingReason(models.TextChoices):
    """Leaver types of the Home Office return; a transfer is left out of headline attrition."""

    RESIGNED = "resigned", "Voluntary resignation"
    RETIRED = "retired", "Normal retirement"
    MEDICAL = "medical", "Medical retirement"
    TRANSFERRED = "transferred", "Transfer to another force"
    DISMISSED = "dismissed", "Dismissed or required to resign"
    REDUNDANT = "redundant", "Redundancy or end of contract"
    DIED = "died", "Death"


class PersonQuerySet(OfForceQuerySet):
    def employed_at(self, day: date) -> "PersonQuerySet":
        return self.filter(employed__contains=day)

    def within(self, reach: Reach, day: date) -> "PersonQuerySet":
        """Those a user may see: everyone, those posted on `day` in the units within reach, or oneself."""
        if reach.is_whole:
            return self
        posted = Posting.objects.as_at(day).filter(
            reach.in_units("post__unit__path"), person=models.OuterRef("pk")
        )
        oneself = Q(user=reach.own_user_id) if reach.own_user_id else Q(pk__in=[])
        return self.filter(models.Exists(posted) | oneself)


@tracked()
class Person(models.Model):
    """Someone paid by the force. `employed` is half-open: its upper bound is the first day after it."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="people")
    number = models.CharField(max_length=20, help_text="Collar or payroll number, unique in the force.")
    family_name = models.CharField(max_length=80)
    given_names = models.CharField(max_length=80, blank=True)
    employed = DateRangeField()
    leaving_reason = models.CharField(max_length=12, choices=LeavingReason, blank=True)
    user = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        help_text="Whose own record this is, when that person signs in.",
    )
    import_id = models.BigIntegerField(null=True, blank=True, editable=False)

    history_action = Action.PEOPLE_VIEW
    history_subject = "self"

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_names", "number"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["force", "number"], name="workforce_person_number_once_a_force"),
            models.UniqueConstraint(fields=["force", "user"], name="workforce_person_user_once_a_force"),
            models.CheckConstraint(
                name="workforce_person_employment_not_empty",
                condition=Q(employed__isempty=False, employed__lower_inf=False),
            ),
            models.CheckConstraint(
                name="workforce_person_reason_only_when_leaving",
                condition=Q(leaving_reason="") | Q(employed__upper_inf=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["import_id"], name="workforce_person_import", condition=Q(import_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.number})"

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class PostingKind(models.TextChoices):
    SUBSTANTIVE = "substantive", "Substantive"
    TEMPORARY = "temporary", "Temporary promotion"
    ACTING = "acting", "Acting"
    ATTACHMENT = "attachment", "Attachment"
    SECONDED_IN = "seconded_in", "Seconded in"
    SECONDED_OUT = "seconded_out", "Seconded out"


# While one of these runs, the person is counted there and not in the substantive post, which stays theirs.
AWAY_KINDS = (
    PostingKind.TEMPORARY,
    PostingKind.ACTING,
    PostingKind.ATTACHMENT,
    PostingKind.SECONDED_OUT,
)


class PostingQuerySet(OfForceQuerySet):
    def as_at(self, day: date) -> "PostingQuerySet":
        """Postings that run on `day`, whether or not the person is away from them."""
        return self.filter(during__contains=day)

    def counted_at(self, day: date) -> "PostingQuerySet":
        """The one posting in which each person is counted on `day`: where they really are.

        A person acting, on temporary promotion, attached or seconded out is counted there, not in the
        substantive post. Someone seconded out is counted in no post.
        """
        away = Posting.objects.filter(person=models.OuterRef("person"), is_away=True, during__contains=day)
        return self.as_at(day).filter(Q(is_away=True) | ~models.Exists(away)).exclude(post__isnull=True)

    def with_labels(self) -> "PostingQuerySet":
        return self.select_related("person", "post__rank", "post__role", "post__unit", "post__location")


@tracked()
class Posting(models.Model):
    """Puts a person in a post for a time.

    PostgreSQL itself refuses: two overlapping postings of one person on the same layer (substantive or
    seconded in; away), a post filled beyond its FTE by postings not marked supernumerary (counting people
    where they really are), and a posting outside the post's life or the person's employment. The last three
    are the trigger `workforce_posting_rules` of migration 0002, which answers with a sentence.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="postings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="postings")
    kind = models.CharField(max_length=12, choices=PostingKind, default=PostingKind.SUBSTANTIVE)
    is_away = models.GeneratedField(
        expression=Q(kind__in=AWAY_KINDS), output_field=models.BooleanField(), db_persist=True
    )
    fte = models.DecimalField(
        "FTE",
        max_digits=5,
        decimal_places=4,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    during = DateRangeField()
    is_supernumerary = models.BooleanField(
        default=False, help_text="In the post without filling it: a phased return, an overlap, a trainee."
    )
    host = models.CharField(max_length=100, blank=True, help_text="The other force or body of a secondment.")
    import_id = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="workforce_posting_one_at_a_time",
                expressions=_ONE_PERSON_AT_A_TIME,
                condition=Q(is_away=False),
            ),
            ExclusionConstraint(
                name="workforce_posting_one_away_at_a_time",
                expressions=_ONE_PERSON_AT_A_TIME,
                condition=Q(is_away=True),
            ),
            models.CheckConstraint(
                name="workforce_posting_fte_within_one", condition=Q(fte__gt=0, fte__lte=1)
            ),
            models.CheckConstraint(
                name="workforce_posting_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
            models.CheckConstraint(
                name="workforce_posting_post_unless_seconded_out",
                condition=Q(kind=PostingKind.SECONDED_OUT, post__isnull=True)
                | (~Q(kind=PostingKind.SECONDED_OUT) & Q(post__isnull=False)),
            ),
            models.CheckConstraint(
                name="workforce_posting_host_of_a_secondment",
                condition=(Q(kind__in=[PostingKind.SECONDED_IN, PostingKind.SECONDED_OUT]) & ~Q(host=""))
                | (~Q(kind__in=[PostingKind.SECONDED_IN, PostingKind.SECONDED_OUT]) & Q(host="")),
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="workforce_posting_away", condition=Q(is_away=True)),
            models.Index(fields=["force"], name="workforce_posting_force_away", condition=Q(is_away=True)),
            models.Index(
                fields=["import_id"], name="workforce_posting_import", condition=Q(import_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.post or self.host}"


class AbsenceKind(models.TextChoices):
    """Kinds in the Home Office count of long-term absence."""

    SICKNESS = "sickness", "Sickness"
    PARENTAL = "parental", "Maternity, paternity or adoption"
    CAREER_BREAK = "career_break", "Career break"
    COMPASSIONATE = "compassionate", "Compassionate leave"
    SPECIAL = "special", "Special leave"
    STUDY = "study", "Study leave"
    SUSPENSION = "suspension", "Suspension"


class AbsenceQuerySet(OfForceQuerySet):
    def long_term_at(self, day: date) -> "AbsenceQuerySet":
        """Absences on `day` of more than 28 calendar days: as dated, or so far where the end is open."""
        span = timedelta(days=LONG_TERM_AFTER_DAYS)
        return self.filter(during__contains=day).filter(
            Q(during__endswith__gt=models.F("during__startswith") + span)
            | Q(during__upper_inf=True, during__startswith__lte=day - span)
        )


@tracked()
class Absence(models.Model):
    """A person away from work for a time. Health data: only those with `health.view` see the kind."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="absences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=14, choices=AbsenceKind)
    during = DateRangeField()

    history_action = Action.HEALTH_VIEW
    history_subject = "person"

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="workforce_absence_one_at_a_time",
                expressions=_ONE_PERSON_AT_A_TIME,
            ),
            models.CheckConstraint(
                name="workforce_absence_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: absence"


class LimitedDutyKind(models.TextChoices):
    """Limited duties of the 2015 framework; management-restricted duty is not collected nationally."""

    RECUPERATIVE = "recuperative", "Recuperative duties"
    ADJUSTED = "adjusted", "Adjusted duties"
    RESTRICTED = "restricted", "Management-restricted duties"


class LimitedDutyQuerySet(OfForceQuerySet):
    def as_at(self, day: date) -> "LimitedDutyQuerySet":
        return self.filter(during__contains=day)


@tracked()
class LimitedDuty(models.Model):
    """A time during which a person is at work but not on full duties. Health data, as absences."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="limited_duties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="limited_duties")
    kind = models.CharField(max_length=12, choices=LimitedDutyKind)
    during = DateRangeField()

    history_action = Action.HEALTH_VIEW
    history_subject = "person"

    objects = LimitedDutyQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        verbose_name_plural = "limited duties"
        constraints = [
            ExclusionConstraint(
                name="workforce_limitedduty_one_at_a_time",
                expressions=_ONE_PERSON_AT_A_TIME,
            ),
            models.CheckConstraint(
                name="workforce_limitedduty_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: limited duty"
