"""Two forces with one row of every kind in each, and what fills in an address for either.

Everything of the first force carries the word ALDER somewhere, so that a page shown to the wrong person can
be searched for it.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pghistory
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from peelsite.accounts.encryption import encrypted_bytes
from peelsite.accounts.models import ApiToken, Membership, User, token_digest
from peelsite.accounts.permissions import ROLES_OF_A_UNIT, Action
from peelsite.accounts.permissions import Role as UserRole
from peelsite.audit.models import (
    LegalHold,
    RetentionRule,
    RetentionRun,
    SubjectAccessExport,
    SubjectAccessRequest,
)
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from peelsite.audit.subject_access.selectors import EXPORT_JOB
from peelsite.audit.subject_access.services import access_request_record
from peelsite.charts.models import RenderedChart
from peelsite.forces.models import Area, Force, JointUnit
from peelsite.inspection.models import (
    ComparisonExclusion,
    Delivery,
    NationalTable,
    NationalWorkforce,
    Subscription,
    Summary,
)
from peelsite.inspection.national.models import Sex, TableKind
from peelsite.inspection.summaries.models import Cadence, SummaryState
from peelsite.inspection.summaries.reports import summary_content
from peelsite.inspection.summaries.selectors import WRITE_JOB
from peelsite.jobs.models import Job
from peelsite.mail.models import OutboxMessage
from tests import factories
from tests.access.walk import Address
from tests.accounts.passkeys import passkey_make
from tests.imports.files import delimited
from tests.imports.steps import checked
from tests.workforce.boards.invented import DAY, World, world_make
from tests.workforce.boards.matching.invented import matching_rows
from tests.workforce.boards.suggestions.invented import suggestion_rows
from tests.workforce.projection.invented import projection_rows
from tests.workforce.skills.invented import rows_make
from workforce.boards.agenda.calc import Raised
from workforce.boards.agenda.services import matter_raise
from workforce.boards.joint.models import JointBoard
from workforce.boards.joint.services import allocation_decide, joint_create
from workforce.boards.meetings.models import Board
from workforce.boards.members.models import PackDelivery, PackMailing
from workforce.boards.members.services import member_add
from workforce.boards.pack.models import PackForecast
from workforce.boards.pack.services import board_publish, note_write
from workforce.boards.papers.models import BoardPaper, PaperKind
from workforce.people.models import Absence, AbsenceKind, LimitedDuty, LimitedDutyKind

DIGEST = "a" * 64
SHARE = "workforce_officers_share"


@dataclass
class Held:
    """What one force holds. `rows` are by the names that addresses give them."""

    force: Force
    unit: Any
    # A unit beside that in which the rows are.
    elsewhere: Any
    rows: dict[str, Any]
    context_id: Any
    # The secret of `rows["token"]`: a program with it sees that token and no other.
    secret: str


def world(folder: Path) -> tuple[Held, Held]:
    """The force whose records are asked for, and the force of the stranger; `folder` for files to import."""
    RenderedChart.objects.create(
        digest=DIGEST, format="svg", scale=1, title="Gap", description="Gap", spec={}, content=b"<svg/>"
    )
    own, other = _held("Aldershire", folder), _held("Bexshire", folder)
    left_out = factories.force_make("Cornshire")
    _publish(own.force, other.force, left_out)
    for held in (own, other):
        held.rows["comparison-exclusion"] = ComparisonExclusion.objects.create(
            force=held.force,
            measure=SHARE,
            excluded=left_out,
            reason=f"Asked for by {held.force.name}",
            decided_by=held.rows["user"],
        )
    return own, other


def one_force(folder: Path) -> Held:
    """The force whose records are asked for, without a stranger's."""
    held = _held("Aldershire", folder)
    _publish(held.force)
    return held


def _publish(*forces: Force) -> None:
    """A national table with these forces in it."""
    table = NationalTable.objects.create(
        kind=TableKind.WORKFORCE, file_name="national.csv", digest=DIGEST, row_count=2 * len(forces)
    )
    for number, force in enumerate(forces, start=1):
        for category, rank in (("officer", "Constable"), ("staff", "Staff")):
            NationalWorkforce.objects.create(
                table=table,
                force=force,
                as_at=DAY,
                category=category,
                rank=rank,
                sex=Sex.NOT_STATED,
                headcount=100 * number,
                fte=90 * number,
            )


def _held(name: str, folder: Path) -> Held:
    boards = world_make(name)
    force = boards.force
    board_publish(board=boards.first_board, user=boards.hr)
    area = Area.objects.create(force=force, code="AREA", name=f"{name} North")
    item = boards.custody_item() if boards.board.items.exists() else boards.publish().items.first()
    decision = boards.decide("B-1", "B-2")
    with pghistory.context(user=boards.hr.pk):
        role = factories.role_make(force, f"{name} diver")
    to_fill = decision.posts_to_fill.first()
    free = factories.person_make(force, family_name=f"{name} Free")
    factories.posting_make(free, boards.posts["B-3"])
    person = factories.person_make(force, family_name=f"{name} Person")
    post = factories.post_make(force, f"{name}-1", unit=boards.custody)
    posting = factories.posting_make(person, post)
    summary = _summary(force, boards.hr)
    token, secret = _token(boards.hr, f"{name} extract")
    rows = {
        "user": boards.hr,
        "token": token,
        "passkey": _factors(boards.hr),
        "member": Membership.objects.get(user=boards.analyst),
        "area": area,
        "joint-unit": JointUnit.objects.create(
            force=force,
            unit=boards.custody,
            partner=factories.force_make(f"{name} partner"),
            during=DateRange(date(2013, 4, 1), None),
        ),
        "unit": boards.custody,
        "location": force.locations.first(),
        "role": role,
        "rank": factories.rank_make(force, f"{name}-G"),
        "funding-source": force.funding_sources.first(),
        "post": post,
        "person": person,
        "free": free,
        "posting": posting,
        "absence": _health(Absence, person, AbsenceKind.SICKNESS),
        "limited-duty": _health(LimitedDuty, person, LimitedDutyKind.ADJUSTED),
        "series": boards.series,
        "board": boards.board,
        **_papers(boards, name),
        "joint-board": _joint(boards, name),
        "item": item,
        "decision": decision,
        "matter": matter_raise(
            force=force,
            kind=Raised.OVERTIME,
            reason=f"Overtime of {name} is a tenth above its budget.",
            origin_kind="overtime",
            origin_id=1,
            raised_on=DAY,
            unit=boards.custody,
        ),
        "action": decision.action,
        "to-fill": to_fill,
        "import": _import(force, boards.hr, folder),
        "summary": summary,
        "subscription": Subscription.objects.create(
            force=force, user=boards.hr, cadence=Cadence.MONTHLY, starts_on=DAY
        ),
        "delivery": Delivery.objects.create(
            summary=summary,
            user=boards.hr,
            address=f"{name.lower()}@peelsite.invalid",
            message_id=f"<{name}@peelsite.invalid>",
            try_at=timezone.now(),
            state="failed",
            error="Refused",
        ),
        "outbox": message_make(force),
        "retention-rule": (rule := _retention_rule(force)),
        "retention-run": _retention_run(rule),
        "legal-hold": LegalHold.objects.create(
            force=force,
            person_id=person.pk,
            reason=f"Claim against {name}",
            held_by=boards.hr,
            held_from=date(2016, 1, 1),
        ),
        "subject-access": (asked := access_request_make(force, person, boards.hr)),
        "access-request": asked,
        "sensitive-read": sensitive_read_record(
            user=boards.hr,
            force=force,
            kind="health_record",
            reason=f"Return to work in {name}",
            subjects=[SensitiveSubject(person.pk, str(person))],
            path="/",
            request_id="",
        ),
    }
    rows |= rows_make(force, person, boards.hr)
    rows |= suggestion_rows(boards)
    rows |= matching_rows(boards, person)
    rows |= projection_rows(force, post, boards.hr, DAY)
    event = apps.get_model("workforce", "RoleEvent").objects.get(pgh_obj_id=role.pk)
    return Held(force, boards.custody, boards.response, rows, event.pgh_context_id, secret)


def _health(model: Any, person: Any, kind: str) -> Any:
    return model.objects.create(
        force=person.force, person=person, kind=kind, during=DateRange(date(2016, 1, 4), None)
    )


def _joint(boards: World, name: str) -> JointBoard:
    """Over the unit that the force runs with its partner; shares are agreed."""
    joint = joint_create(force=boards.force, unit=boards.custody, name=f"{name} joint", starts_on=DAY)
    (part,) = joint.parts.all()
    allocation_decide(
        joint=joint, shares={part.pk: Decimal(1)}, starts_on=DAY, reason="Agreed.", user=boards.chief
    )
    return joint


def _papers(boards: World, name: str) -> dict[str, Any]:
    """What belongs to a pack besides its frozen rows."""
    board, series = boards.board, boards.series
    BoardPaper.objects.create(
        board=board,
        kind=PaperKind.PACK,
        digest=board.pack_digest,
        pdf=name.encode(),
        xlsx=name.encode(),
        written_at=timezone.now(),
    )
    Job.objects.create(
        force=boards.force, kind="board.pack", subject_id=board.pk, state="done", finished_at=timezone.now()
    )
    later = Board.objects.filter(series=series, state="scheduled").order_by("held_on").last()
    PackForecast.objects.create(
        board=later,
        dimension="total",
        position=1,
        label=name,
        days=[DAY],
        threshold_fte=2,
        **{figure: [1] for figure in ("establishment", "strength", "gap_low", "gap", "gap_high", "chance")},
    )
    member = member_add(series=series, role="chair", name=f"{name} Chair", address=f"{name}@chair.invalid")
    return {
        "pack-note": note_write(
            board=later, dimension="total", key="", text=f"{name} is as planned.", user=boards.hr
        ),
        "board-member": member,
        "pack-mailing": PackMailing.objects.get(series=series),
        "pack-delivery": PackDelivery.objects.create(
            board=board,
            name=f"{name} Chair",
            address=f"{name}@chair.invalid",
            message_id=f"<{name}-pack@peelsite.invalid>",
            try_at=timezone.now(),
            state="failed",
            error="Refused",
        ),
    }


def _summary(force: Force, user: User) -> Summary:
    first, title = date(2016, 3, 1), f"{force.name} in March"
    content = summary_content(force, title=title, as_at=DAY, first_day=first, last_day=DAY, previous=None)
    summary = Summary.objects.create(
        force=force,
        key="march",
        cadence=Cadence.MONTHLY,
        title=title,
        first_day=first,
        last_day=DAY,
        as_at=DAY,
        state=SummaryState.WRITTEN,
        written_at=timezone.now(),
        content=content,
        pdf=f"%PDF {force.name}".encode(),
        digest=hashlib.sha256(force.name.encode()).hexdigest(),
    )
    Job.objects.create(
        force=force,
        kind=WRITE_JOB,
        subject_id=summary.pk,
        state="done",
        finished_at=timezone.now(),
        requested_by=user,
    )
    return summary


def _import(force: Force, user: User, folder: Path) -> Any:
    path = folder / f"{force.slug}.csv"
    headings = ["Post number", "Rank", "Role", "Unit", "Location", "FTE", "Start date"]
    delimited(path, [headings, [f"{force.name}-9", "Emperor", "", "", "", "1", "01/04/2015"]])
    return checked(force, "posts", path, user)


def message_make(force: Force) -> OutboxMessage:
    message = EmailMessage()
    message["Subject"] = f"{force.name} summary"
    message.set_content(f"{force.name}: the summary is attached.")
    message.add_alternative(f"<p>{force.name}</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=f"{force.slug}.pdf")
    return OutboxMessage.objects.create(
        force=force,
        message_id=f"<{force.slug}-outbox@peelsite.invalid>",
        sender="peelsite@peelsite.invalid",
        recipients="chief@peelsite.invalid",
        subject=message["Subject"],
        raw=bytes(message),
    )


def _retention_rule(force: Force) -> RetentionRule:
    return RetentionRule.objects.create(
        force=force, what="absences", months=72, valid_from=DAY, source=f"Decision of {force.name}"
    )


def _retention_run(rule: RetentionRule) -> RetentionRun:
    return RetentionRun.objects.create(
        force=rule.force, rule=rule, before=DAY, removed=1, held=0, history_rows=2, digest=DIGEST, seal=0
    )


def access_request_make(force: Force, person: Any, user: User) -> SubjectAccessRequest:
    """An open request whose export is there to be downloaded."""
    today, content = timezone.localdate(), f"PK {force.name}".encode()
    request = access_request_record(
        force=force,
        person_id=person.pk,
        received_on=today,
        asked_by=str(person),
        reason=f"All that {force.name} holds",
        user=user,
    )
    stored = storages["default"].save(f"subject-access/{force.slug}", ContentFile(encrypted_bytes(content)))
    export = SubjectAccessExport.objects.create(
        request=request,
        stored=stored,
        asked_by=user,
        made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=7),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
    )
    Job.objects.create(
        force=force,
        kind=EXPORT_JOB,
        subject_id=export.pk,
        state="done",
        finished_at=timezone.now(),
        requested_by=user,
    )
    return request


def _factors(user: User) -> Authenticator:
    """An app, recovery codes and a passkey, which is handed back."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return passkey_make(user)


def _token(user: User, name: str) -> tuple[ApiToken, str]:
    """A token that was used a moment ago, so that its next use writes nothing."""
    secret = ApiToken.new_secret()
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=token_digest(secret),
        actions=list(Action),
        expires_at=timezone.now() + timedelta(days=1),
        last_used_at=timezone.now(),
    )
    return token, secret


def token_of(user: User) -> str:
    """The secret of a fresh token of the user."""
    return _token(user, "Walk")[1]


def member_of(held: Held, *roles: str, unit: Any = None) -> User:
    """A user with these roles in the force; those of a unit in that which its rows are in, or in `unit`.

    A partner is at home in a third force, with which the unit is run.
    """
    user = factories.user_make(None)
    for role in roles:
        placed = (unit or held.unit) if role in ROLES_OF_A_UNIT else None
        Membership.objects.create(user=user, force=held.force, role=role, unit=placed)
        if role == UserRole.PARTNER:
            factories.partner_make(user, placed)
    return user


# Which row stands for `pk` in pages: by the address, else by the room.
_PAGE_ROWS = {
    "mfa_remove_webauthn": "passkey",
    "mfa_edit_webauthn": "passkey",
    "history": "access-request",
    "history:retention-rule": "retention-rule",
    "history:legal-hold": "legal-hold",
    "history:retention-run": "retention-run",
    "imports": "import",
    "establishment": "post",
    "people": "person",
    "health": "person",
    "joint_units": "joint-unit",
    "structure:area": "area",
    "structure:unit": "unit",
    "structure:location": "location",
    "structure:rank": "rank",
    "structure:role": "role",
    "structure:funding": "funding-source",
    "skills": "skill",
    "skills:unit": "unit",
    "skills:requirement": "skill-requirement",
    "skills:decide": "waiting",
    "skills:record": "person",
    "skills:record-end": "person-skill",
    "skills:record-withdraw": "person-skill",
    "skills:course": "course",
    "skills:place": "course-place",
    "projection:run": "projection",
    "projection:back-test": "back-test",
    "projection:intake": "intake",
    "projection:pool": "promotion-pool",
    "projection:budget": "budget-line",
    "projection:scenario": "scenario",
    "projection:difference-add": "scenario",
    "projection:difference-remove": "scenario-change",
    "boards": "board",
    "boards:suggestion-rule": "fill-move",
    "boards:suggestion-rule-lift": "move-rule",
    "boards:civilian-role-remove": "civilian-role",
    "boards:note-change": "pack-note",
    "boards:joint": "joint-board",
    "boards:joint-join": "joint-board",
    "boards:joint-allocate": "joint-board",
    "boards:members": "series",
    "boards:member-add": "series",
    "boards:member-change": "board-member",
    "boards:member-remove": "board-member",
    "boards:mailing": "pack-mailing",
    "boards:delivery-resend": "pack-delivery",
    "boards:series-change": "series",
    "boards:series-close": "series",
    "boards:action-hand-over": "action",
    "boards:match-undo": "to-fill",
    "boards:move-proposal": "move",
    "boards:move-answer": "move-asked",
    "boards:move-accept": "move",
    "boards:move-carry-out": "move",
    "boards:move-withdraw": "move",
    "boards:move-follow": "move",
    "boards:move-follow-with": "move",
    "boards:chain": "move-chain",
    "boards:chain-reason": "move-chain",
    "boards:chain-carry-out": "move-chain",
    "boards:minimum": "minimum-strength",
    "boards:minimum-remove": "minimum-strength",
    "boards:standing": "person",
    "boards:preference": "person",
    "boards:flexible-add": "person",
    "boards:flexible-end": "person",
    "boards:promotion-add": "person",
    "boards:promotion-end": "person",
    "travel": "travel-time",
    "boards:item": "item",
    "boards:item-add": "board",
    "boards:action-add": "board",
    "boards:item-remove": "item",
    "boards:item-move": "item",
    "boards:item-restore": "item",
    "boards:decide": "item",
    "boards:decision": "decision",
    "boards:decision-withdraw": "decision",
    "boards:decision-followed": "decision",
    "boards:action": "action",
    "boards:to-fill-post": "to-fill",
    "boards:match": "to-fill",
}
_SECOND_ROWS = {
    "people:posting-end": "posting",
    "people:posting-withdraw": "posting",
    "people:absence-end": "absence",
    "people:duty-end": "limited-duty",
    "boards:flexible-end": "flexible-working",
    "boards:promotion-end": "promotion-place",
}
_NAMED_ROWS = {
    "membership_id": "member",
    "user_id": "user",
    "token_id": "token",
    "message_id": "outbox",
    "summary_id": "summary",
    "exclusion_id": "comparison-exclusion",
    "delivery_id": "delivery",
    "person_pk": "free",
    "record_id": "role",
}
_WORDS = {
    "number": 1,
    "provider_id": "nobodys",
    "digest": DIGEST,
    "label": "insert",
    "model": "workforce.role",
    "target": "posts",
    "kind": "hold",
    "paper_kind": "pack",
    "extension": "pdf",
    "rule": "pin",
    "line": "force",
    "difference": "pause",
    "uidb36": "1",
    "key": "set-password",
    "url": "nothing/here/",
    "app_label": "forces",
}


def arguments(address: Address, held: Held) -> dict[str, Any]:
    """What the address' parameters are for the rows of one force. Raises KeyError for a new parameter."""
    return {name: _argument(address, name, held) for name in address.parameters}


def _argument(address: Address, name: str, held: Held) -> Any:
    if name in _NAMED_ROWS:
        return held.rows[_NAMED_ROWS[name]].pk
    if name in _WORDS:
        return _WORDS[name]
    if name in ("force", "slug"):
        return "posts" if address.name == "api-docs-resource" else held.force.slug
    if name == "code":
        return "promotion.every" if address.name.startswith("projection:") else SHARE
    if name == "context_id":
        return held.context_id
    if name == "row_pk":
        return held.rows[_SECOND_ROWS[address.name]].pk
    if name in ("object_id", "content_type_id"):
        return _admin_argument(address, name, held)
    if name == "pk" and address.is_api:
        return held.rows[_resource(address, held)].pk
    if name == "pk":
        return held.rows[_page_row(address)].pk
    raise KeyError(f"{address.name}: {name}")


def _page_row(address: Address) -> str:
    """By the whole name, by 'structure:area' of 'structure:area-change', or by the room."""
    names = (address.name, address.name.rsplit("-", 1)[0], address.name.split(":")[0])
    return next(_PAGE_ROWS[name] for name in names if name in _PAGE_ROWS)


# Rows of the API's resources that go by another name there.
_API_ROWS = {
    "board-series": "series",
    "board-action": "action",
    "board-member": "board-member",
    "agenda-item": "item",
    "board-matter": "matter",
    "post-to-fill": "to-fill",
}


def _resource(address: Address, held: Held) -> str:
    """'post' of 'post-reprofile': the longest name that begins the address' name."""
    names = {name: name for name in held.rows} | _API_ROWS
    found = [name for name in names if address.name.startswith(f"{name}-")]
    return names[max(found, key=len)]


def _admin_argument(address: Address, name: str, held: Held) -> Any:
    if name == "content_type_id":
        return ContentType.objects.get_for_model(Force).pk
    parts = address.route.split("/")
    if parts[1] == "r":
        return held.force.pk
    model = apps.get_model(parts[1], parts[2])
    row = model._default_manager.first()
    return row.pk if row else 1
