"""Moves that unit heads propose, who is asked about each, and chains of moves that go together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, OfForceQuerySet, Unit
from peelsite.history import tracked
from workforce.boards.decisions.models import PostToFill
from workforce.establishment.models import Post
from workforce.people.models import AWAY_KINDS, Person, Posting, PostingKind

# How a person may come into a post that waits for its unit head's choice.
MATCH_KINDS = (
    PostingKind.SUBSTANTIVE,
    PostingKind.TEMPORARY,
    PostingKind.ACTING,
    PostingKind.ATTACHMENT,
)
MATCH_CHOICES = [(kind.value, kind.label) for kind in MATCH_KINDS]


@tracked()
class MoveChain(models.Model):
    """Moves that are carried out all together or not at all: B into A, C into the post that B leaves.

    `below_minimum_reason` says why a unit may fall below its minimum strength in between; empty: it may not.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="move_chains")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    below_minimum_reason = models.CharField(max_length=300, blank=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"Chain {self.pk}"


class MoveState(models.TextChoices):
    ASKED = "asked", "Waiting for an answer"
    LATER = "later", "Another date offered"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN_STATES = (MoveState.ASKED, MoveState.LATER, MoveState.AGREED)


class MoveProposalQuerySet(OfForceQuerySet):
    def open(self) -> "MoveProposalQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def with_labels(self) -> "MoveProposalQuerySet":
        return self.select_related(
            "force",
            "person",
            "post__rank",
            "post__role",
            "post__unit",
            "post__location",
            "left_post__rank",
            "left_post__role",
            "left_post__unit",
            "left_post__location",
            "proposed_by",
            "to_fill",
            "chain",
        )


@tracked()
class MoveProposal(models.Model):
    """One person for one post from a day, until it is agreed and done, refused or withdrawn.

    `to_fill` is the board's decision that it answers; a post that is vacated within a chain has none.
    `left_post` is where the person was counted when the move was proposed. A post has one open proposal,
    and so has a person for it: PostgreSQL refuses a second.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="move_proposals")
    to_fill = models.ForeignKey(
        PostToFill, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="move_proposals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="move_proposals")
    left_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="moves_away"
    )
    kind = models.CharField(max_length=12, choices=MATCH_CHOICES, default=PostingKind.SUBSTANTIVE)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=MoveState, default=MoveState.ASKED)
    # Why it is not done although agreed, or why it was taken back.
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    chain = models.ForeignKey(
        MoveChain, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    place = models.PositiveSmallIntegerField(default=1)
    posting = models.OneToOneField(
        Posting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = MoveProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                name="workforce_moveproposal_one_open_a_post",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.CheckConstraint(
                name="workforce_moveproposal_kind_within_the_force",
                condition=Q(kind__in=[PostingKind.SUBSTANTIVE, *AWAY_KINDS])
                & ~Q(kind=PostingKind.SECONDED_OUT),
            ),
            models.CheckConstraint(
                name="workforce_moveproposal_end_after_start",
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="workforce_moveproposal_ends_unless_substantive",
                condition=Q(ends_before__isnull=True) | ~Q(kind=PostingKind.SUBSTANTIVE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} to post {self.post}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class AskedSide(models.TextChoices):
    """The head of the unit that the person leaves, and in a chain the head of the unit that they join."""

    LEAVES = "leaves", "The unit that the person leaves"
    JOINS = "joins", "The unit that the person joins"


class AskedState(models.TextChoices):
    WAITING = "waiting", "Waiting for an answer"
    AGREED = "agreed", "Agreed"
    LATER = "later", "Agreed from another date"
    REFUSED = "refused", "Refused"


@tracked()
class MoveAsked(models.Model):
    """One head of a unit asked about a move. Another may answer for an absent head, with the reason."""

    proposal = models.ForeignKey(MoveProposal, on_delete=models.PROTECT, related_name="asked")
    side = models.CharField(max_length=6, choices=AskedSide)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="moves_asked")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=AskedState, default=AskedState.WAITING)
    from_day = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    is_for_absent_head = models.BooleanField(default=False)

    history_action = Action.PEOPLE_VIEW

    class Meta:
        ordering = ["pk"]
        verbose_name = "head asked about a move"
        verbose_name_plural = "heads asked about moves"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "side"], name="workforce_moveasked_once_a_side"),
            models.CheckConstraint(
                name="workforce_moveasked_answered_all_or_none",
                condition=Q(state=AskedState.WAITING, answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(state=AskedState.WAITING) & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="workforce_moveasked_another_date_is_given",
                condition=Q(state=AskedState.LATER, from_day__isnull=False)
                | (~Q(state=AskedState.LATER) & Q(from_day__isnull=True)),
            ),
            models.CheckConstraint(
                name="workforce_moveasked_reason_where_needed",
                condition=~Q(reason="") | (~Q(state=AskedState.REFUSED) & Q(is_for_absent_head=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_state_display()}"
