"""Who sits on a board, how its pack is sent, and what became of each message."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from peelsite.history import tracked
from peelsite.mail.deliveries.models import MessageRow
from workforce.boards.meetings.models import Board, BoardSeries


class BoardRole(models.TextChoices):
    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    SECRETARY = "secretary", "Secretary"
    ATTENDING = "attending", "In attendance"


@tracked()
class BoardMember(models.Model):
    """Somebody to whom the packs of a series are sent: a user of the site, or a name with an address."""

    series = models.ForeignKey(BoardSeries, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=10, choices=BoardRole, default=BoardRole.MEMBER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)
    address = models.EmailField("email address", blank=True)

    class Meta:
        ordering = ["series_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "user"], name="workforce_boardmember_user_once"),
            models.UniqueConstraint(
                "series",
                Lower("address"),
                name="workforce_boardmember_address_once",
                condition=~Q(address=""),
            ),
            models.CheckConstraint(
                name="workforce_boardmember_user_or_address",
                condition=Q(user__isnull=False, name="", address="")
                | (Q(user__isnull=True) & ~Q(name="") & ~Q(address="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name}, {self.get_role_display().lower()}"

    @property
    def shown_name(self) -> str:
        return self.user.name if self.user_id else self.name

    @property
    def mail_to(self) -> str:
        return self.user.email if self.user_id else self.address


@tracked()
class PackMailing(models.Model):
    """How the packs of a series are sent: made with its first member."""

    series = models.OneToOneField(BoardSeries, on_delete=models.PROTECT, related_name="mailing")
    attaches_pdf = models.BooleanField("attach the pack as PDF", default=False)

    def __str__(self) -> str:
        return f"mailing of {self.series}"


@tracked()
class PackDelivery(MessageRow):
    """The message about one pack to one address: at most one row, so at most one message."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="deliveries")
    name = models.CharField(max_length=150)
    # As the series said when the message was made: a second attempt is the same message.
    attaches_pdf = models.BooleanField(default=False)

    class Meta(MessageRow.Meta):
        ordering = ["board_id", "name"]
        verbose_name_plural = "pack deliveries"
        constraints = [
            *MessageRow.Meta.constraints,
            models.UniqueConstraint("board", Lower("address"), name="workforce_packdelivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.board} to {self.address}"
