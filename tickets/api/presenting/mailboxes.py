"""Mailboxes as the settings and the desk show them; a secret is shown to nobody."""

from typing import Any

from tickets.api.presenting.people import iso
from tickets.mail.figures import Figures
from tickets.models import ImapAccount, Mailbox, RawMail

SHOWN = "host port security user sign_in token_url client_id folder processed_folder quarantine_folder".split()
COUNTED = "fetched stored duplicates too_large unreadable".split()
Outcome = RawMail.Outcome


def mailbox(row: Mailbox, imap: ImapAccount | None, counted: Figures) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "address": row.address,
        "sender_name": row.sender_name,
        "team": {"id": row.team.pk, "name": row.team.name},
        "takes_web_forms": row.takes_web_forms,
        "imap": _imap(imap) if imap else None,
        "figures": _figures(counted),
    }


def _imap(account: ImapAccount) -> dict[str, Any]:
    return {
        **{name: getattr(account, name) for name in (*SHOWN, *COUNTED, "trouble", "advice")},
        "has_client_secret": bool(account.client_secret),
        "is_on": account.due_at is not None,
        "activated_at": iso(account.activated_at),
        "fetched_at": iso(account.fetched_at),
        "failing_since": iso(account.failing_since),
    }


def _figures(counted: Figures) -> dict[str, Any]:
    names = {
        "tickets": Outcome.TICKET,
        "replies": Outcome.REPLY,
        "ignored": Outcome.IGNORED,
        "held": Outcome.QUARANTINED,
        "waiting": Outcome.UNREAD,
    }
    return {
        "came": counted.came,
        "imported": counted.imported,
        **{name: counted.outcomes.get(outcome, 0) for name, outcome in names.items()},
        "oldest_waiting_since": iso(counted.oldest_waiting_since),
        "last_received_at": iso(counted.last_received_at),
    }


def unread(account: ImapAccount) -> dict[str, Any]:
    box = account.mailbox
    return {
        "id": box.pk,
        "address": box.address,
        "team": {"id": box.team.pk, "name": box.team.name},
        "since": iso(account.failing_since),
        "trouble": account.trouble,
        "advice": account.advice,
    }
