"""/api/v1/imports/: the same steps, refusals and walls as the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from workforce.establishment.models import Post

ADDRESS = "/api/v1/imports/"
CSV = (
    "Post ref;Rank;Job title;Department;Station;Start date\n"
    "B-1;PC;Response officer;RES;Watchford;01/04/2016\nB-2;PC;Response officer;RES;Watchford;soon\n"
)


@pytest.fixture
def client(client, hr):
    client.force_login(hr)
    return client


def upload(client, into, text: str = CSV, **fields: str):
    given = {
        "force": into.slug,
        "target": "posts",
        "file": SimpleUploadedFile("p.csv", text.encode()),
    } | fields
    return client.post(ADDRESS, given)


def post(client, batch: dict, step: str, data=None):
    return client.post(f"{ADDRESS}{batch['id']}/{step}/", data or {}, content_type="application/json")


def test_from_upload_to_undo(client, force) -> None:
    response = upload(client, force)
    assert response.status_code == 201, response.content
    batch = response.json()
    assert (batch["state"], batch["mapping"]["reference"]) == ("uploaded", 0)
    batch = post(client, batch, "check").json()
    assert (batch["state"], batch["counts"]["new"], batch["counts"]["refused"]) == ("ready", 1, 1)
    issues = client.get(f"{ADDRESS}{batch['id']}/issues/").json()["results"]
    assert [(each["row_no"], each["column"], each["value"]) for each in issues] == [(3, "starts", "soon")]
    rows = client.get(f"{ADDRESS}{batch['id']}/rows/", {"outcome": "new"}).json()["results"]
    assert [each["key"] for each in rows] == ["B-1"]
    batch = post(client, batch, "mend", [{"row_no": 3, "column": "starts", "value": "02/04/2016"}]).json()
    assert batch["counts"]["refused"] == 0
    batch = post(client, batch, "confirm").json()
    assert batch["state"] == "loaded"
    assert Post.objects.of_force(force).count() == 2
    assert post(client, batch, "confirm").status_code == 400
    assert post(client, batch, "undo").json()["state"] == "undone"
    assert not Post.objects.of_force(force).exists()


def test_the_columns_can_be_given(client, force) -> None:
    batch = upload(client, force, CSV.replace("Post ref", "Ding")).json()
    refused = post(client, batch, "check")
    assert refused.status_code == 400
    assert "Choose the column that holds Post reference." in refused.content.decode()
    assert post(client, batch, "check", {"mapping": {"none": 0}}).status_code == 400
    assert post(client, batch, "check", {"mapping": {"reference": 77}}).status_code == 400
    checked = post(
        client, batch, "check", {"mapping": {"reference": 0}, "full_extract_as_at": "2016-05-01"}
    ).json()
    assert (checked["state"], checked["full_extract_as_at"]) == ("ready", "2016-05-01")
    assert client.get(f"{ADDRESS}{batch['id']}/rejects/").status_code == 200
    assert post(client, checked, "discard").json()["state"] == "discarded"


@pytest.mark.parametrize("fields", [{"force": "nowhere"}, {"target": "boats"}, {"file": ""}])
def test_what_is_wrong_with_an_upload(client, force, fields) -> None:
    assert upload(client, force, **fields).status_code == 400


def test_strangers_and_colleagues(client, force) -> None:
    batch = upload(client, force).json()
    elsewhere = factories.force_make("Elsewhere")
    client.force_login(factories.user_make("hr", elsewhere))
    assert client.get(ADDRESS).json()["count"] == 0
    assert client.get(f"{ADDRESS}{batch['id']}/").status_code == 404
    for step in ("check", "mend", "confirm", "undo", "discard"):
        assert post(client, batch, step).status_code == 404
    assert upload(client, force).status_code == 400
    client.force_login(factories.user_make("analyst", force))
    assert client.get(ADDRESS).status_code == 403
    assert upload(client, force).status_code == 403
    client.logout()
    assert client.get(ADDRESS).status_code in (401, 403)
