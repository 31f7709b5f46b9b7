"""Setting mailboxes, trying them out, and those that cannot be read."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions.mailboxes import ImapSettings, MailboxSettings, drafted, remove_mailbox, set_mailbox
from tickets.api.asking import body, found
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import mailboxes
from tickets.api.serializers.mailboxes import (
    ImapTrialSerializer,
    MailboxChangeSerializer,
    MailboxesSerializer,
    MailboxSerializer,
    UnreadMailboxesSerializer,
    VerdictSerializer,
)
from tickets.live import nudge
from tickets.mail import figures
from tickets.mail.imap.trying import try_out
from tickets.models import ImapAccount, Mailbox, Role


def settable(request: Request) -> QuerySet[Mailbox]:
    """All of them, for administrators; nobody else learns of the settings."""
    if agent_of(request).role != Role.ADMINISTRATOR:
        raise Http404
    return Mailbox.objects.select_related("team", "imap").order_by("address")


def _settings(said: dict[str, Any]) -> MailboxSettings:
    imap = ImapSettings(**said.pop("imap")) if said.get("imap") else None
    return MailboxSettings(**{**said, "imap": imap})


def _shown(row: Mailbox) -> dict[str, Any]:
    imap = ImapAccount.objects.filter(mailbox=row).first()
    return mailboxes.mailbox(row, imap, figures.of_mailboxes().get(row.pk, figures.Figures()))


class MailboxesView(APIView):
    @tells(MailboxesSerializer)
    def get(self, request: Request) -> Response:
        """Every mailbox with how it does. Administrators only."""
        rows, counted = list(settable(request)), figures.of_mailboxes()
        none = figures.Figures()
        shown = [mailboxes.mailbox(row, getattr(row, "imap", None), counted.get(row.pk, none)) for row in rows]
        return Response({"results": shown})

    @tells(MailboxSerializer, 201, takes=MailboxChangeSerializer)
    def post(self, request: Request) -> Response:
        """Make a mailbox."""
        settable(request)
        made = set_mailbox(None, _settings(body(MailboxChangeSerializer, request)), now=timezone.now())
        nudge()
        return Response(_shown(made), status=201)


class MailboxView(APIView):
    @tells(MailboxSerializer, takes=MailboxChangeSerializer)
    def put(self, request: Request, mailbox: int) -> Response:
        """Change a mailbox; without `imap` its mail is fetched from nowhere any more."""
        row: Any = found(settable(request), mailbox)
        changed = set_mailbox(row, _settings(body(MailboxChangeSerializer, request)), now=timezone.now())
        nudge()
        return Response(_shown(changed))

    @tells(status=204)
    def delete(self, request: Request, mailbox: int) -> Response:
        """Take no more mail for it; what came stays, and the secrets of its mail server are gone."""
        remove_mailbox(found(settable(request), mailbox), now=timezone.now())
        nudge()
        return Response(status=204)


class FetchView(APIView):
    @tells(MailboxSerializer)
    def post(self, request: Request, mailbox: int) -> Response:
        """Look for mail at once."""
        row: Any = found(settable(request), mailbox)
        ImapAccount.objects.filter(mailbox=row, due_at__isnull=False).update(due_at=timezone.now())
        nudge()
        return Response(_shown(row))


class ImapTrialView(APIView):
    @tells(VerdictSerializer, takes=ImapTrialSerializer)
    def post(self, request: Request) -> Response:
        """Try an account out by really connecting; nothing is fetched, moved or saved."""
        boxes, said = settable(request), body(ImapTrialSerializer, request)
        row: Any = found(boxes, said["mailbox"]) if said["mailbox"] else None
        was = ImapAccount.objects.filter(mailbox=row).first() if row else None
        verdict = try_out(drafted(was, ImapSettings(**said["imap"]), timezone.now()))
        return Response({"is_well": verdict.is_well, "words": verdict.words, "advice": verdict.advice})


class UnreadMailboxesView(APIView):
    @tells(UnreadMailboxesSerializer)
    def get(self, request: Request) -> Response:
        """The mailboxes of one's teams whose mail could not be fetched for some minutes."""
        accounts = ImapAccount.in_trouble(timezone.now()).filter(mailbox__team__in=access.teams_of(agent_of(request)))
        rows = accounts.select_related("mailbox__team").order_by("failing_since")
        return Response({"results": [mailboxes.unread(row) for row in rows]})
