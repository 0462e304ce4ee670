"""A request that is too big is refused by what it announces, with none of it read."""

from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

GIGABYTE = 1 << 30


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("/testshire/imports/posts/", "multipart/form-data; boundary=x", b"The file is too big"),
        ("/api/v1/imports/", "multipart/form-data; boundary=x", b"the most is 55 MB"),
        ("/api/v1/areas/", "application/json", b"the most is 5 MB"),
        ("/accounts/login/", "application/x-www-form-urlencoded", b"the most is 5 MB"),
    ],
)
def test_a_gigabyte_is_refused_before_it_is_sent(
    transactional_db: None, live_server: Any, path: str, kind: str, said: bytes
) -> None:
    """The answer comes although not one byte of the gigabyte is ever sent."""
    site = urlsplit(live_server.url)
    connection = HTTPConnection(site.hostname or "", site.port, timeout=30)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", kind)
    connection.putheader("Content-Length", str(GIGABYTE))
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 413
    assert b"1,024 MB" in body
    assert said in body
