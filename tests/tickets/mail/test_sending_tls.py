"""Mail that leaves over TLS, or not at all: to a real server, with certificates that are good or are not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests import servers
from tests.cast import NOW, Cast, complaint, reply
from tests.tickets.mail.ear import Ear, open_ear
from tickets import due_work
from tickets.models import OutgoingMail, TicketEvent

# Over TLS from the start, aiosmtpd does not know that it is safe to ask for a password.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Requiring AUTH")]
ACCOUNT = (b"us@kintsugi.example", b"not#so/secret")
SIGNED_IN = "us%40kintsugi.example:not%23so%2Fsecret@"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For `localhost` alone."""
    return servers.certificate(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def mail(cast: Cast) -> OutgoingMail:
    """Ana's reply to Nora, queued; nothing else is."""
    message = reply(complaint(cast), "I am sorry, Nora.", cast.ana)
    OutgoingMail.objects.exclude(message=message).delete()
    return OutgoingMail.objects.get(message=message)


def sends(mail: OutgoingMail, settings: Settings, url: str) -> tuple[str, str]:
    """The state and the answer of the mail after a try."""
    settings.EMAIL_URL = url
    due_work.do("outgoing_mails", NOW)
    mail.refresh_from_db()
    return mail.state, mail.answer


def waits(mail: OutgoingMail, ear: Ear) -> bool:
    """It has not left, has used up no try, and is no trouble of its ticket's."""
    troubles = TicketEvent.objects.filter(kind="mail_troubled").count()
    return (ear.heard, ear.lines, mail.attempts, mail.due_at is not None, troubles) == ([], [], 0, True, 0)


@pytest.mark.parametrize(
    ("url", "how"), [("smtp://{}localhost:{}/?tls=1", {}), ("smtps://{}localhost:{}", {"at_once": True})]
)
def test_it_leaves_over_tls_signed_in(
    mail: OutgoingMail, settings: Settings, certificate: Path, trusted: None, url: str, how: dict[str, Any]
) -> None:
    with open_ear(tls=certificate, account=ACCOUNT, **how) as ear:
        assert sends(mail, settings, url.format(SIGNED_IN, ear.port))[0] == "sent"
        [line] = ear.lines
        assert len(ear.heard) == 1 and line.authenticated
        assert line.ssl or how.get("at_once")


@pytest.mark.parametrize(("scheme", "end", "how"), [("smtp", "/?tls=1", {}), ("smtps", "", {"at_once": True})])
class TestBadCertificates:
    def test_one_that_nobody_vouches_for(
        self, mail: OutgoingMail, settings: Settings, certificate: Path, scheme: str, end: str, how: dict[str, Any]
    ) -> None:
        with open_ear(tls=certificate, **how) as ear:
            state, said = sends(mail, settings, f"{scheme}://localhost:{ear.port}{end}")
            assert state == "delayed" and waits(mail, ear)
        assert said.startswith("The certificate of our mail server is not trusted (self")
        assert said.endswith("so nothing is sent to it.")

    def test_one_for_another_name(
        self, mail: OutgoingMail, settings: Settings, certificate: Path, trusted: None, scheme: str, end: str, how: Any
    ) -> None:
        with open_ear(tls=certificate, **how) as ear:
            state, said = sends(mail, settings, f"{scheme}://127.0.0.1:{ear.port}{end}")
            assert state == "delayed" and waits(mail, ear)
        assert said == "The certificate of our mail server was made for another name, so nothing is sent to it."


def test_a_server_without_starttls_gets_nothing_where_it_is_wanted(mail: OutgoingMail, settings: Settings) -> None:
    with open_ear() as ear:
        told = sends(mail, settings, f"smtp://localhost:{ear.port}/?tls=1")
        assert told == ("delayed", "Our mail server offers no STARTTLS, and nothing is sent without it.")
        assert waits(mail, ear)
        settings.EMAIL_URL = f"smtp://localhost:{ear.port}/?tls=1"
        told_by_doctor = StringIO()
        with pytest.raises(SystemExit):
            call_command("doctor", stdout=told_by_doctor)
        assert "Our mail server offers no STARTTLS" in told_by_doctor.getvalue()


def test_a_server_that_speaks_no_tls_gets_nothing_over_smtps(mail: OutgoingMail, settings: Settings) -> None:
    with open_ear() as ear:
        told = sends(mail, settings, f"smtps://localhost:{ear.port}")
        assert told == ("delayed", "Our mail server does not speak TLS on this port, and nothing is sent without it.")
        assert waits(mail, ear)


@contextmanager
def stripped() -> Iterator[int]:
    """A server that offers STARTTLS and says no to it, as whoever listens in between would have it; answers its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=_talk, args=[server], daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(10)


def _talk(server: socket.socket) -> None:
    line, _ = server.accept()
    with line, line.makefile("rb") as reading:
        line.sendall(b"220 mx.example\r\n")
        for said in reading:
            offers = said.upper().startswith(b"EHLO")
            line.sendall(b"250-mx.example\r\n250 STARTTLS\r\n" if offers else b"454 4.7.0 TLS not available\r\n")


def test_a_server_that_takes_its_offer_back_gets_nothing(mail: OutgoingMail, settings: Settings) -> None:
    with stripped() as port:
        told = sends(mail, settings, f"smtp://localhost:{port}/?tls=1")
    assert told == ("delayed", "Our mail server does not let us in: 454 4.7.0 TLS not available")


def test_a_wrong_password_is_said_plainly_and_never_shown(
    mail: OutgoingMail, settings: Settings, certificate: Path, trusted: None
) -> None:
    with open_ear(tls=certificate, account=ACCOUNT) as ear:
        state, said = sends(mail, settings, f"smtp://us%40kintsugi.example:wrong@localhost:{ear.port}/?tls=1")
        assert state == "delayed" and waits(mail, ear)
    assert said.startswith("Our mail server does not take our user or password: 535 ")
    assert "wrong" not in said


def test_a_server_that_takes_no_password_is_said_plainly(mail: OutgoingMail, settings: Settings) -> None:
    with open_ear() as ear:
        told = sends(mail, settings, f"smtp://us:secret@localhost:{ear.port}")
        assert told == ("delayed", "Our mail server takes no password on this line; it may want TLS first.")
        assert waits(mail, ear)


def test_a_password_that_cannot_be_told_is_said_plainly(mail: OutgoingMail, settings: Settings) -> None:
    with open_ear(account=ACCOUNT) as ear:
        state, said = sends(mail, settings, f"smtp://us:gr%C3%BCn@localhost:{ear.port}")
        assert state == "delayed" and waits(mail, ear)
    assert said == "Our user or password for the mail server has letters that it cannot be told."
