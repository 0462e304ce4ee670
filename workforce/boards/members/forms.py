"""What HR fills in about who sits on a board."""

from typing import Any

from django import forms

from peelsite.accounts.models import User
from peelsite.web.editing.forms import EditForm, ServiceForm
from workforce.boards.meetings.models import BoardSeries
from workforce.boards.members.models import BoardMember, BoardRole, PackMailing
from workforce.boards.members.selectors import may_sit
from workforce.boards.members.services import mailing_change, member_add, member_change, member_remove


class MemberAddForm(ServiceForm):
    user = forms.ModelChoiceField(
        label="User of the site",
        queryset=User.objects.none(),
        required=False,
        empty_label="Somebody else",
        help_text="Or choose “Somebody else” and enter a name and an email address",
    )
    name = forms.CharField(label="Name", max_length=100, required=False)
    address = forms.EmailField(label="Email address", required=False)
    role = forms.ChoiceField(label="Role on the board", choices=BoardRole.choices, initial=BoardRole.MEMBER)

    def __init__(self, *args: Any, series: BoardSeries, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        self.fields["user"].queryset = may_sit(series.force)

    def write(self) -> BoardMember:
        given = {name: self.cleaned_data[name] for name in ("user", "name", "address", "role")}
        return member_add(series=self.series, **given)


class MemberChangeForm(EditForm):
    role = forms.ChoiceField(label="Role on the board", choices=BoardRole.choices)
    name = forms.CharField(label="Name", max_length=100)
    address = forms.EmailField(label="Email address")

    def __init__(self, *args: Any, member: BoardMember, **kwargs: Any) -> None:
        super().__init__(*args, record=member, **kwargs)
        if member.user_id:
            del self.fields["name"], self.fields["address"]

    def shown(self, record: BoardMember) -> dict[str, Any]:
        return {"role": record.role, "name": record.name, "address": record.address}

    def write(self) -> BoardMember:
        given = {name: self.cleaned_data.get(name, "") for name in ("role", "name", "address")}
        return member_change(member=self.record, seen=self.seen, **given)


class MemberRemoveForm(EditForm):
    def __init__(self, *args: Any, member: BoardMember, **kwargs: Any) -> None:
        super().__init__(*args, record=member, **kwargs)

    def shown(self, record: BoardMember) -> dict[str, Any]:
        return {}

    def write(self) -> BoardMember:
        return member_remove(member=self.record, seen=self.seen)


class MailingForm(EditForm):
    attaches_pdf = forms.BooleanField(
        label="Attach the pack as PDF",
        required=False,
        help_text="Otherwise the message has the figures and a link, and the pack stays behind the sign-in",
    )

    def __init__(self, *args: Any, mailing: PackMailing, **kwargs: Any) -> None:
        super().__init__(*args, record=mailing, **kwargs)

    def shown(self, record: PackMailing) -> dict[str, Any]:
        return {"attaches_pdf": record.attaches_pdf}

    def write(self) -> PackMailing:
        attach = self.cleaned_data["attaches_pdf"]
        return mailing_change(mailing=self.record, attach=attach, seen=self.seen)
