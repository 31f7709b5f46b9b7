"""The lists of the desk: what each standard view holds, and the row that a list shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When

from tickets.contributions import View, contributions
from tickets.models import Agent, Draft, LastRead, Note, Rating, Ticket
from tickets.models.rating import LOW
from tickets.models.ticket import TicketQuerySet
from tickets.states import SETTLED, UNSETTLED, WAITING_FOR_US, State

UNSETTLED_Q = Q(state__in=sorted(UNSETTLED))
WAITING_Q = Q(state__in=sorted(WAITING_FOR_US))
MENDED_FOR = timedelta(days=7)
AT_RISK_WITHIN = timedelta(hours=1)
RATED_LATELY = timedelta(days=30)


def _of_states(key: str, label: str, states: frozenset[State]) -> View:
    return View(key, label, lambda now: Q(state__in=sorted(states)), states)


# A low rating of a ticket that is still closed by that same closing, after which nobody of ours has written to the customer.
LET_DOWN = Q(score__lte=LOW, ticket__state=State.CLOSED, settled_at=F("ticket__settled_at")) & ~Q(
    ticket__last_by="us", ticket__last_at__gt=F("rated_at")
)


def rated_lately(now: datetime) -> QuerySet[Rating]:
    return Rating.objects.filter(rated_at__gt=now - RATED_LATELY).order_by()


VIEWS = [
    _of_states("waiting_for_us", "Waiting for us", WAITING_FOR_US),
    View("unassigned", "Unassigned", lambda now: WAITING_Q & Q(assignee__isnull=True)),
    View("unhappy", "Unhappy now", lambda now: UNSETTLED_Q & Q(mood="unhappy")),
    View("at_risk", "At risk", lambda now: UNSETTLED_Q & Q(next_due_at__lte=now + AT_RISK_WITHIN)),
    View(
        "unhappy_after_closing",
        "Unhappy after closing",
        lambda now: Q(pk__in=rated_lately(now).filter(LET_DOWN).values("ticket")),
    ),
    _of_states("on_hold", "On hold", frozenset({State.ON_HOLD})),
    _of_states("waiting_on_customer", "Waiting on customer", frozenset({State.WAITING_ON_CUSTOMER})),
    View(
        "recently_mended",
        "Recently mended",
        lambda now: Q(state__in=sorted(SETTLED), mended__isnull=False, settled_at__gte=now - MENDED_FOR),
    ),
    _of_states("all_open", "All open", UNSETTLED),
    _of_states("settled", "Settled", SETTLED),
    _of_states("spam", "Spam", frozenset({State.SPAM})),
]

COLUMNS = [
    "id",
    "subject",
    "state",
    "priority",
    "channel",
    "version",
    "customer_id",
    "customer__name",
    "team_id",
    "team__name",
    "assignee_id",
    "assignee__name",
    "assignee__role",
    "mood",
    "unhappy",
    "mood_words",
    "last_by",
    "last_name",
    "last_text",
    "last_at",
    "waiting_since",
    "next_label",
    "next_warn_at",
    "next_due_at",
    "risk",
    "reasons",
    "level",
    "mended",
    "updated_at",
    "created_at",
]
STEPS = ["heard", "owned", "offered", "accepted", "delivered", "followed_up"]


def views() -> list[View]:
    """Ours and those that other apps contribute."""
    return VIEWS + contributions.views


def in_view(tickets: TicketQuerySet, key: str, agent: Agent, now: datetime) -> TicketQuerySet:
    """Those of `tickets` that the view holds; raises KeyError for a view that there is not."""
    if key == "my_open":
        return tickets.filter(my_open(agent))
    if key == "mentions":
        return tickets.filter(
            UNSETTLED_Q, pk__in=Note.mentions.through.objects.filter(agent=agent).values("note__ticket")
        )
    return tickets.filter({view.key: view for view in views()}[key].predicate(now))


def my_open(agent: Agent) -> Q:
    return UNSETTLED_Q & Q(assignee=agent)


def membership(numbers: Sequence[int], now: datetime) -> dict[int, list[str]]:
    """For each ticket the keys of the standard views that hold it now, by the list's own predicates."""
    marks = {
        f"in_{view.key}": Case(
            When(view.predicate(now), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for view in views()
    }
    rows = Ticket.objects.filter(pk__in=numbers).annotate(**marks).values("pk", *marks)
    return {row.pop("pk"): [mark.removeprefix("in_") for mark, held in row.items() if held] for row in rows}


def rows(tickets: TicketQuerySet) -> list[dict[str, Any]]:
    """The rows that a list shows, in the order of `tickets`: one query, no model instances."""
    return [_row(values) for values in tickets.values(*COLUMNS)]


def row(ticket: Ticket) -> dict[str, Any]:
    """The row of a ticket that was read with its team, customer and assignee: no query."""
    return _row({column: reduce(_followed, column.split("__"), ticket) for column in COLUMNS})


def _followed(row: object, name: str) -> Any:
    return getattr(row, name, None)  # where nobody is assigned, they have no name


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": values["id"],
        "subject": values["subject"],
        "state": values["state"],
        "priority": values["priority"],
        "channel": values["channel"],
        "version": values["version"],
        "customer": {"id": values["customer_id"], "name": values["customer__name"]},
        "team": {"id": values["team_id"], "name": values["team__name"]},
        "assignee": _person(values),
        "mood": {"label": values["mood"] or "unknown", "unhappy": values["unhappy"], "words": values["mood_words"]},
        "last": {
            "by": values["last_by"],
            "name": values["last_name"],
            "text": values["last_text"],
            "at": _iso(values["last_at"]),
        },
        "waiting_since": _iso(values["waiting_since"]),
        "clock": _clock(values),
        "risk": values["risk"],
        "reasons": values["reasons"],
        "level": values["level"],
        "mending": mending(values["mended"]),
        "updated_at": _iso(values["updated_at"]),
        "created_at": _iso(values["created_at"]),
    }


def _person(values: dict[str, Any]) -> dict[str, Any] | None:
    if values["assignee_id"] is None:
        return None
    name = values["assignee__name"]
    initials = Agent(name=name).initials
    return {"id": values["assignee_id"], "name": name, "initials": initials, "role": values["assignee__role"]}


def _clock(values: dict[str, Any]) -> dict[str, Any] | None:
    if values["next_due_at"] is None:
        return None
    times = {"warn_at": _iso(values["next_warn_at"]), "due_at": _iso(values["next_due_at"])}
    return {"label": values["next_label"], **times}


def mending(mended: dict[str, str] | None) -> dict[str, Any] | None:
    """The steps of the repair that were taken, of how many; None for a ticket with nothing to mend."""
    if mended is None:
        return None
    return {"steps": [step for step in STEPS if step in mended], "of": len(STEPS)}


def _iso(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time else None


def add_personal(rows: list[dict[str, Any]], agent: Agent) -> list[dict[str, Any]]:
    """Put into each row what differs per person: unread and draft. Two queries, however many rows."""
    numbers = [row["number"] for row in rows]
    read = dict(LastRead.objects.filter(agent=agent, ticket__in=numbers).values_list("ticket_id", "version"))
    drafts = set(
        Draft.objects.filter(agent=agent, ticket__in=numbers).exclude(text="").values_list("ticket_id", flat=True)
    )
    for row in rows:
        row["unread"] = is_unread(row, read.get(row["number"], 0))
        row["draft"] = row["number"] in drafts
    return rows


def is_unread(row: Mapping[str, Any], read: int) -> bool:
    """Whether a person who has read it to version `read` has something to read there."""
    return bool(read < row["version"] and row["state"] != State.SPAM)
