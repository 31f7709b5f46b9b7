"""Getting in: a connection to an account's folder, and every failure of it as a problem in words."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.utils import timezone
from imap_tools.errors import MailboxLoginError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from tickets.mail.imap import problems
from tickets.mail.imap.oauth import access_token
from tickets.mail.imap.problems import ImapProblem, explain
from tickets.models import ImapAccount
from tickets.sealing import Unsealable, unseal

SECONDS = 30  # for each answer of the server
TLS_PORT = 993  # RFC 8314 §3.2


@contextmanager
def folder_of(account: ImapAccount, *, readonly: bool = False) -> Iterator[BaseMailBox]:
    """The account's folder, opened; raises ImapProblem for whatever the server or the way to it does to us."""
    server: BaseMailBox | None = None
    try:
        server = _connected(account)
        _sign_in(server, account)
        _learn_capabilities(server)
        server.folder.set(account.folder, readonly=readonly)
        yield server
        with suppress(*problems.ERRORS):
            server.logout()
    except problems.ERRORS as error:
        raise explain(error, account) from error
    finally:
        if server is not None:
            with suppress(OSError):
                server.client.shutdown()


def _connected(account: ImapAccount) -> BaseMailBox:
    if account.security == ImapAccount.Security.TLS:
        return MailBox(account.host, account.port, timeout=SECONDS, ssl_context=ssl.create_default_context())
    if account.security == ImapAccount.Security.STARTTLS:
        if account.port == TLS_PORT:
            raise ImapProblem("Port 993 is for TLS and knows no STARTTLS.", "Choose TLS, or port 143 with STARTTLS.")
        return MailBoxStartTls(account.host, account.port, timeout=SECONDS, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(account.host, account.port, timeout=SECONDS)


def _learn_capabilities(server: BaseMailBox) -> None:
    """Most servers tell only those who are let in what they can do (MOVE, UIDPLUS); the library asks before."""
    said = server.client.capability()[1]
    server.client.capabilities = tuple(
        b" ".join(word for word in said if word).decode("ascii", "replace").upper().split()
    )


def _sign_in(server: BaseMailBox, account: ImapAccount) -> None:
    try:
        if account.sign_in == ImapAccount.SignIn.OAUTH:
            server.xoauth2(account.user, access_token(account, timezone.now()), None)
        elif account.user.isascii() and (password := unseal(account.secret)).isascii():
            server.login(account.user, password, None)
        else:
            server.login_utf8(account.user, unseal(account.secret), None)
    except Unsealable:
        raise ImapProblem(
            "The stored password cannot be opened, since SECRET_KEY has changed.", "Enter the password again."
        ) from None
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        raise problems.refused(error, account) from error
