"""One Dovecot for the tests of fetching, and a mailbox of its own in it for each."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests import servers
from tests.tickets.mail.imap.post_office import PostOffice


@pytest.fixture(scope="session")
def needs_dovecot() -> None:
    if not servers.dovecot_binary() and not os.environ.get("KINTSUGI_TEST_ALL"):
        pytest.skip("Dovecot is missing.")


@pytest.fixture(scope="session")
def dovecot(needs_dovecot: None) -> Iterator[int]:
    port = servers.free_port()
    with servers.dovecot(port):
        yield port


@pytest.fixture
def office(dovecot: int) -> PostOffice:
    return PostOffice(dovecot, f"{uuid4().hex[:12]}@kintsugi.example")
