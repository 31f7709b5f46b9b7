"""Getting in over TLS, and with an access token that a provider renews: against a real Dovecot, each refusal in words."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests import servers
from tests.cast import Cast
from tests.tickets.mail.imap.post_office import PostOffice, account, letter, look
from tickets.models import ImapAccount, Ticket
from tickets.sealing import seal, unseal

pytestmark = pytest.mark.django_db
OAUTH = """
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {conf}
}}
"""
INTROSPECTION = "introspection_mode = get\nintrospection_url = {url}?token=\nusername_attribute = username\n"


class Provider:
    """Gives a new access token for the refresh token that is good, and tells the mail server whose a token is."""

    def __init__(self) -> None:
        self.refresh, self.user, self.renewed, self.asked, self.is_up = "refresh-1", "", "", 0, True
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                provider.asked += 1
                if form["refresh_token"] != [provider.refresh]:
                    self.says(400, {"error": "invalid_grant", "error_description": "Token has been revoked."})
                else:
                    more = {"refresh_token": provider.renewed} if provider.renewed else {}
                    self.says(200, {"access_token": f"access-{provider.asked}", "expires_in": 3600, **more})

            def do_GET(self) -> None:
                [token] = parse_qs(urlsplit(self.path).query)["token"]
                good = token == f"access-{provider.asked}"
                self.says(200, {"username": provider.user} if good and provider.is_up else {"error": "later"})

            def says(self, status: int, told: dict[str, Any]) -> None:
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def ours(cast: Cast, provider: Provider, tmp_path: Path, needs_dovecot: None) -> Iterator[ImapAccount]:
    """An account that signs in with a token; one mail lies in it."""
    conf, port = tmp_path / "oauth2.conf", servers.free_port()
    conf.write_text(INTROSPECTION.format(url=provider.url))
    tmp_path.chmod(0o755)
    with servers.dovecot(port, more=OAUTH.format(conf=conf)):
        office = PostOffice(port, "support@kintsugi.example")
        provider.user = office.user
        office.brings(letter(1))
        token = {"token_url": provider.url, "client_id": "ours", "client_secret": seal("hush")}
        yield account(cast, office, sign_in="oauth", secret=seal("refresh-1"), **token)


def test_it_gets_in_with_a_token_and_renews_it_only_when_it_ends(ours: ImapAccount, provider: Provider) -> None:
    assert look(ours).trouble == ""
    assert look(ours).trouble == "" and provider.asked == 1
    assert Ticket.objects.count() == 1
    ImapAccount.objects.update(access_token_until=timezone.now() + timedelta(seconds=30))
    assert look(ours).trouble == "" and provider.asked == 2


def test_it_keeps_the_refresh_token_that_takes_the_place_of_the_old(ours: ImapAccount, provider: Provider) -> None:
    provider.renewed = "refresh-2"
    kept = look(ours)
    assert kept.trouble == "" and unseal(kept.secret) == "refresh-2"
    assert "access-1" not in kept.access_token


def test_a_refresh_that_is_refused_is_said_in_the_providers_words(ours: ImapAccount, provider: Provider) -> None:
    provider.refresh = "another"
    told = look(ours)
    assert "invalid_grant: Token has been revoked." in told.trouble and "new refresh token" in told.advice
    assert told.failing_since


def test_a_token_server_that_is_away_is_said(ours: ImapAccount) -> None:
    ImapAccount.objects.update(token_url=f"http://127.0.0.1:{servers.free_port()}/")
    assert "The token server cannot be reached" in look(ours).trouble


def test_a_token_that_the_mail_server_does_not_take_is_said(ours: ImapAccount, provider: Provider) -> None:
    provider.user = "somebody@else.example"
    assert "did not take the access token" in look(ours).trouble


def test_a_mail_server_that_cannot_check_anybody_now_is_not_a_wrong_password(
    ours: ImapAccount, provider: Provider
) -> None:
    provider.is_up = False
    assert "cannot check who we are right now" in look(ours).trouble


class TestTls:
    @pytest.fixture
    def office(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs_dovecot: None) -> Iterator[PostOffice]:
        """Its certificate, for `localhost` alone, is one that this machine trusts."""
        made = servers.certificate(tmp_path, "localhost")
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        port, tls_port = servers.free_port(), servers.free_port()
        with servers.dovecot(
            port,
            tls_port=tls_port,
            certificate=made,
            more="service imap-login {\n  inet_listener imaps {\n    ssl = yes\n  }\n}\n",
        ):
            self.tls_port = tls_port
            yield PostOffice(port, "support@kintsugi.example")

    def test_it_fetches_over_tls_and_starttls(self, cast: Cast, office: PostOffice) -> None:
        ours = account(cast, office, host="localhost", port=self.tls_port, security="tls")
        assert look(ours).trouble == ""
        ImapAccount.objects.update(port=office.port, security="starttls")
        assert look(ours).trouble == ""

    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_a_certificate_for_another_name_is_refused(self, cast: Cast, office: PostOffice, security: str) -> None:
        port = self.tls_port if security == "tls" else office.port
        told = look(account(cast, office, host="127.0.0.1", port=port, security=security))
        assert told.trouble == "The certificate of 127.0.0.1 was made for another name."

    def test_a_certificate_that_nobody_vouches_for_is_refused(
        self, cast: Cast, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        told = look(account(cast, office, host="localhost", port=self.tls_port, security="tls"))
        assert "is not trusted" in told.trouble
