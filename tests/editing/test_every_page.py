"""Every page that edits a record, found through the access matrix: a record changed between GET and POST.

A page either compares (an `EditForm`: it answers 409, keeps what was typed and leaves the other's change), or
has one effect however often it is sent (a `ServiceForm`), or has its sentence in ANSWERED, which says why a
second person loses nothing there. A new page that does none of these fails.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.test import Client, override_settings
from django.urls import include, path

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Force
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.editing.pages import form_page
from tests import factories
from tests.access.asking import row_counts, url_of
from tests.access.matrix import DOORS, Door
from tests.access.walk import Address, addresses
from tests.access.world import Held, member_of, one_force
from tests.editing.pages import sent_of
from workforce.boards.meetings.models import Board
from workforce.establishment.models import Post

TYPED = "Typed with care"

# Pages that write without a form that compares or has a key, and why nobody's work is lost there.
ANSWERED = {
    "accounts:member-password": "a message with a new link; nothing is written over",
    "accounts:member-unlock": "a state: what is not locked is left as it is",
    "accounts:member-factors": "a state: factors that are gone stay gone",
    "imports:sheet": "its step travels along: the second is told, with what was chosen",
    "imports:columns": "its step travels along: the second is told, with what was chosen",
    "imports:target": "its step travels along: the second is told",
    "imports:mend": "its step travels along: the second is told, with the cells that were typed",
    "imports:full-extract": "its step travels along: the second is told, with the day that was typed",
    "imports:confirm": "its step travels along: nobody loads a preview they have not seen",
    "imports:undo": "its step travels along, and an import is undone once",
    "imports:discard": "its step travels along, and an import is discarded once",
    "history:retention-rule-apply": "one unfinished job a rule; what is due is worked out when it runs",
    "history:access-request-prepare": "one export a request, held by PostgreSQL",
    "history:access-request-download": "a reading, which is written down; nothing is written over",
    "health:reason": "kept in one's own session; nothing of a record is written",
    "skills:self-assess": "a form with a key for whoever has a record; the caller here has none to show",
    "skills:to-confirm": "a state: what was decided meanwhile is told, and nothing is confirmed",
    "boards:draw-up": "computed anew from the figures; what was done by hand stays",
    "boards:paper-write": "one unfinished job a paper, held by PostgreSQL; what is written stays",
    "boards:delivery-resend": "a state: only a message that failed is sent again, by compare and set",
    "boards:publish": "a state: the second is told who published it and when",
    "boards:own-preference": "one's own record, of which this user has none; compares as that of HR does",
    "boards:item-restore": "a state: the second is told that it is on the agenda",
    "boards:suggestions-work-out": "each plan is a row of its own; two at once both stand",
    "boards:suggestion-rule-lift": "a state: the second is told who lifted it",
    "boards:ahead-work-out": "one unfinished job a board, held by PostgreSQL; each plan is a row of its own",
    "inspection:take-back": "a state: the second is told that it was taken back",
    "inspection:send-now": "its token travels along: one issue, and another content is told",
    "projection:run-now": "one run of a day waits at a time; a second asking is that run",
    "projection:scenario-run": "one run of a day and scenario waits at a time",
    "projection:back-test-run": "one back-test waits at a time",
    "inspection:retry": "one unfinished job an issue, held by PostgreSQL",
    "inspection:resend": "a state: only a message that failed is sent again, by compare and set",
}
# Other rooms' pages of reading, which write down who read what and why.
READS = {"history:record", "history:life"}


@pytest.fixture(scope="module")
def kept(kept_transaction: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Held, Path]:
    """A row of every kind, made once, and the folder of its files."""
    folder = tmp_path_factory.mktemp("kept")
    with override_settings(MEDIA_ROOT=str(folder)):
        return one_force(folder), folder


@pytest.fixture
def db(kept_savepoint: None) -> None:
    """What a page did is undone; `kept` stays."""


@pytest.fixture
def held(kept: tuple[Held, Path], db: None, settings: Any) -> Held:
    settings.MEDIA_ROOT = str(kept[1])
    return kept[0]


@pytest.fixture
def client(held: Held) -> Client:
    """Somebody who may do everything."""
    client = Client()
    client.force_login(member_of(held, *Role.values))
    factories.reason_give(client, held.force)
    return client


def editing_pages(doors: dict[str, Door] = DOORS) -> list[Address]:
    """Pages, not endpoints, whose POST needs an action in a force: those that write a force's records."""
    return [
        address
        for address in addresses()
        if address.name in doors
        and not address.is_api
        and isinstance(doors[address.name].get("POST"), Action | frozenset | tuple)
        and address.name not in READS
    ]


PREPARED = (
    "boards:item-remove",
    "boards:item-move",
    "boards:move",
    "boards:item-add",
    "boards:note-add",
)


def rows_for(address: Address, held: Held) -> Held:
    """The row that the page can change: agenda items and meetings of a board that is still prepared."""
    if address.name not in PREPARED:
        return held
    board = Board.objects.filter(force=held.force, state="scheduled").order_by("held_on").last()
    item, _ = board.items.get_or_create(
        title="Asked by hand", defaults={"position": 1, "reason": "Wanted.", "added_by": held.rows["user"]}
    )
    return replace(held, rows=held.rows | {"board": board, "item": item})


def filled(form: forms.Form) -> dict[str, Any]:
    """What the page sends once every box that must be filled is filled."""
    sent = sent_of(form)
    for bound in form:
        name, field = bound.html_name, bound.field
        if bound.is_hidden or not field.required or sent.get(name):
            continue
        if isinstance(field, forms.DateField):
            sent[name] = "2016-05-05"
        elif isinstance(field, forms.ModelMultipleChoiceField):
            sent[name] = [str(field.prepare_value(field.queryset.first()))] if field.queryset.exists() else []
        elif isinstance(field, forms.MultipleChoiceField):
            sent[name] = [str(next(value for value, _ in field.choices if value))]
        elif isinstance(field, forms.ChoiceField):
            sent[name] = str(next((value for value, _ in field.choices if value), ""))
        elif isinstance(field, forms.IntegerField | forms.DecimalField):
            sent[name] = "1"
        elif isinstance(field, forms.CharField):
            sent[name] = TYPED[: field.max_length or None]
    return sent


def change_behind(record: models.Model) -> str:
    """Somebody else changes one column of the record, which is named."""
    ((column, theirs),) = THEIRS[record._meta.label_lower].items()
    record._meta.model._default_manager.filter(pk=record.pk).update(**{column: theirs})
    return column


# A column of each kind of record that an edit page compares, and what somebody else writes there.
THEIRS: dict[str, dict[str, Any]] = {
    "workforce.post": {"reference": "THEIRS"},
    "workforce.person": {"family_name": "Theirs"},
    "workforce.posting": {"is_supernumerary": True},
    "workforce.absence": {"kind": "study"},
    "workforce.limitedduty": {"kind": "recuperative"},
    "workforce.boardseries": {"vacancy_days": 77},
    "workforce.board": {"notes": "Theirs"},
    "workforce.packnote": {"text": "Theirs"},
    "workforce.boardmember": {"role": "secretary"},
    "workforce.packmailing": {"attaches_pdf": True},
    "workforce.agendaitem": {"title": "Theirs"},
    "workforce.decision": {"reason": "Theirs"},
    "workforce.boardaction": {"due_on": "2016-07-07"},
    "workforce.posttofill": {"state": "withdrawn"},
    "workforce.moveproposal": {"note": "Theirs"},
    "workforce.moveasked": {"reason": "Theirs"},
    "workforce.movechain": {"below_minimum_reason": "Theirs"},
    "workforce.minimumstrength": {"reason": "Theirs"},
    "workforce.matchingsettings": {"answer_days": 9},
    "workforce.movepreference": {"remarks": "Theirs"},
    "workforce.flexibleworking": {"hours": "Theirs"},
    "workforce.promotionplace": {"standing": "qualified"},
    "workforce.traveltime": {"source": "Theirs"},
    "workforce.intake": {"note": "Theirs"},
    "workforce.promotionpool": {"number": 77},
    "workforce.budgetline": {"source": "Theirs"},
    "workforce.assumption": {"reason": "Theirs"},
    "workforce.scenario": {"description": "Theirs"},
    "workforce.scenariochange": {"fte": 7},
    "workforce.suggestionsettings": {"travel_limit": 77},
    "workforce.civilianrole": {"reason": "Theirs"},
    "workforce.skill": {"name": "Theirs"},
    "workforce.skillrequirement": {"during": DateRange(date(2015, 5, 1), None)},
    "workforce.personskill": {"evidence": "Theirs"},
    "workforce.course": {"title": "Theirs"},
    "workforce.courseplace": {"reason": "Theirs"},
    "workforce.rank": {"name": "Theirs"},
    "workforce.role": {"name": "Theirs"},
    "workforce.fundingsource": {"name": "Theirs"},
    "forces.force": {"name": "Theirs"},
    "forces.area": {"name": "Theirs"},
    "forces.unit": {"name": "Theirs"},
    "forces.location": {"name": "Theirs"},
    "accounts.membership": {"is_active": False},
    "audit.subjectaccessrequest": {"asked_by": "Theirs"},
    "audit.retentionrule": {"months": 77},
    "audit.legalhold": {"reason": "Theirs"},
}


def faults(url: str, client: Client) -> list[str]:
    """What is wrong with a page when two people are at it, in words."""
    answer = client.get(url)
    form = answer.context.get("form") if answer.status_code == 200 and answer.context else None
    if isinstance(form, EditForm):
        return _faults_of_edit(url, client, form) if form.is_whole else []
    if isinstance(form, ServiceForm):
        return _faults_of_key(url, client, form)
    return [f"neither compares, nor has a key, nor is in ANSWERED ({answer.status_code}, {form!r})"]


def _faults_of_edit(url: str, client: Client, form: EditForm) -> list[str]:
    sent = filled(form)
    column = change_behind(form.record)
    before = form.record._meta.model._default_manager.filter(pk=form.record.pk).values().get()
    answer = client.post(url, sent)
    after = form.record._meta.model._default_manager.filter(pk=form.record.pk).values().first()
    wrong = []
    if answer.status_code != 409:
        wrong.append(f"answered {answer.status_code} to a form about another state of the record")
    if after != before:
        wrong.append(f"wrote over what somebody else had written in {column}")
    if answer.status_code == 409:
        html = answer.content.decode()
        typed = [value for value in sent.values() if value == TYPED]
        wrong += ["lost what was typed"] if typed and TYPED not in html else []
        told = answer.context["form"].conflict
        wrong += [] if told is None or told.rows or told.is_gone else ["does not say what changed"]
    return wrong


def _faults_of_key(url: str, client: Client, form: ServiceForm) -> list[str]:
    sent = filled(form)
    if "form_key" not in sent:
        return ["sends no key"]
    first = client.post(url, sent)
    if first.status_code != 302:
        return []
    counted = row_counts()
    again = client.post(url, sent)
    # Either led where the first one was, or told with 409 that it is done already, and by whom.
    is_answered = again.status_code == 409 or again.headers.get("Location") == first["Location"]
    wrong = [] if is_answered else [f"answered {again.status_code} to a second sending"]
    changed = {table for table, count in row_counts().items() if count != counted[table]}
    changed -= {"django_session", "accounts_session", "pghistory_context", "accounts_sessionevent"}
    return wrong + ([f"had a second effect in {', '.join(sorted(changed))}"] if changed else [])


@pytest.mark.parametrize(
    "address",
    [address for address in editing_pages() if address.name not in ANSWERED],
    ids=lambda address: address.name,
)
def test_nobodys_work_is_lost(address: Address, held: Held, client: Client) -> None:
    assert not faults(url_of(address, rows_for(address, held)), client)


def test_what_is_answered_is_there() -> None:
    names = {address.name for address in editing_pages()}
    assert set(ANSWERED) <= names, "sentences of pages that are gone"


class ForgetfulForm(EditForm):
    """Carries what it showed, and writes without asking."""

    reference = forms.CharField()

    def shown(self, record: Post) -> dict[str, Any]:
        return {"reference": record.reference}

    def write(self) -> Post:
        Post.objects.filter(pk=self.record.pk).update(reference=self.cleaned_data["reference"])
        return self.record


class PlainForm(forms.Form):
    reference = forms.CharField()


@force_page(Action.ESTABLISHMENT_EDIT)
def forgetful(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    post = get_object_or_404(Post, pk=pk, force=force)
    return form_page(
        request,
        ForgetfulForm(request.POST or None, record=post),
        heading="Forgetful",
        back=("Back", "/"),
        done=lambda saved: ("/", "Saved."),
    )


@force_page(Action.ESTABLISHMENT_EDIT)
def plain(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    post = get_object_or_404(Post, pk=pk, force=force)
    form = PlainForm(request.POST or None, initial={"reference": post.reference})
    if form.is_valid():
        Post.objects.filter(pk=pk).update(reference=form.cleaned_data["reference"])
        return redirect("/")
    return render(request, "web/form_page.html", {"form": form, "cancel_href": "/"})


class urlpatterns_with_faults:
    urlpatterns = [
        path("<slug:force>/planted/<int:pk>/forgetful/", forgetful),
        path("<slug:force>/planted/<int:pk>/plain/", plain),
        path("", include("peelsite.urls")),
    ]


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("forgetful", "wrote over what somebody else had written"),
        ("plain", "neither compares, nor has a key"),
    ],
)
def test_a_page_that_overwrites_is_found(held: Held, client: Client, view: str, said: str) -> None:
    url = f"/{held.force.slug}/planted/{held.rows['post'].pk}/{view}/"
    with override_settings(ROOT_URLCONF=urlpatterns_with_faults):
        found = faults(url, client)
    assert any(said in fault for fault in found), found
