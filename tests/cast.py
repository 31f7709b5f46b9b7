"""The cast of the tests, each with a reason to exist, and builders of what they do."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from django.test import Client

from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.actions.replying import Reply, release_reply, send_reply
from tickets.models import Agent, Channel, Mailbox, Message, Participant, Role, Team, Ticket

NOW = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)  # a Monday morning
PASSWORD = "a long enough pass phrase"
ANGRY = (
    "I ordered the Harrow tent on 2 May and paid for next day delivery. Nothing has come and I have heard nothing. "
    "This is the third time I write and I am furious. Where is my tent? I want my money back."
)


@dataclass(frozen=True)
class Cast:
    """Two teams and the people around them."""

    deliveries: Team
    returns: Team
    mailbox: Mailbox
    ana: Agent  # works in Deliveries
    moira: Agent  # works in Returns, and must see nothing of Deliveries
    lee: Agent  # supervisor: sees all
    sam: Agent  # administrator
    nora: str = "nora.whitcombe@example.com"  # an unhappy customer
    stranger: str = "stranger@example.net"  # knows numbers, holds no link


def assemble() -> Cast:
    deliveries = Team.objects.create(name="Deliveries", slug="deliveries", takes_complaints=True)
    returns = Team.objects.create(name="Returns", slug="returns")
    mailbox = Mailbox.objects.create(
        name="support", address="support@kintsugi.example", team=deliveries, sender_name="Fernhill Outfitters"
    )
    ana, moira = agent("Ana Lima"), agent("Moira Penn")
    deliveries.members.add(ana)
    returns.members.add(moira)
    deliveries.signatory = ana
    deliveries.save(update_fields=["signatory"])
    lee, sam = agent("Lee Osei", Role.SUPERVISOR), agent("Sam Holt", Role.ADMINISTRATOR)
    return Cast(deliveries, returns, mailbox, ana, moira, lee, sam)


def agent(name: str, role: str = Role.AGENT, **fields: Any) -> Agent:
    email = f"{name.split()[0].lower()}@kintsugi.example"
    return Agent.objects.create_user(email, name, PASSWORD, role=role, **fields)


def complaint(cast: Cast, *, now: datetime = NOW, **fields: Any) -> Ticket:
    """A ticket that Nora's complaint began, in Deliveries unless said otherwise."""
    said: dict[str, Any] = {
        "email": cast.nora,
        "name": "Nora Whitcombe",
        "subject": "Where is my tent?",
        "text": ANGRY,
        "channel": Channel.FORM,
        "team": cast.deliveries,
        **fields,
    }
    return receive_complaint(Complaint(**said), now=now)


def participant(ticket: Ticket) -> Participant:
    found = ticket.participants.select_related("address__customer").order_by("pk").first()
    assert found
    return found


def answer(ticket: Ticket, text: str, *, now: datetime = NOW) -> Message:
    """The customer writes again."""
    return receive_answer(ticket, Answer(participant(ticket), "Nora Whitcombe", text, Channel.EMAIL), now=now)


def reply(ticket: Ticket, text: str, by: Agent, *, now: datetime = NOW, **fields: Any) -> Message:
    """An agent's reply, sent and released."""
    ticket.refresh_from_db()
    made = Reply(text=text, seen_version=ticket.version, key=f"{ticket.pk}:{ticket.version}:{text[:40]}", **fields)
    message = release_reply(send_reply(ticket, made, by=by, now=now).pk, now=now)
    assert message
    return message


class Desk(Client):
    """A browser at the desk: speaks JSON."""

    def generic(
        self, method: str, path: str, data: Any = "", content_type: str = "application/json", **more: Any
    ) -> Any:
        return super().generic(method, path, data, content_type, **more)

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Ask the API: `path` is relative to /api/; headers as Idempotency_Key="…"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = "" if data is None else json.dumps(data)
        return self.generic(method, f"/api/{path}", body, "application/json", headers=named)

    def get_json(self, path: str, **query: Any) -> Any:
        """What the API says to a GET, which must be well."""
        answered = self.get(f"/api/{path}", query)
        assert answered.status_code == 200, answered.content
        return answered.json()


def desk(agent: Agent) -> Desk:
    """The desk with this person signed in."""
    client = Desk()
    client.force_login(agent)
    return client


def change_all(model: type[Model], **values: Any) -> None:
    """Change every row of a model as a screen would: saved one by one, so that whoever keeps them learns of it."""
    for row in model._default_manager.all():
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
