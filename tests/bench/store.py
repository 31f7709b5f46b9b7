"""The store of the workload: 100,000 open tickets in four teams, three messages each, one with twenty, 1,000 due."""

import random
import sys
from datetime import datetime, timedelta

from django.db import connection, transaction

from config import statistics
from escalation.defaults import ensure_policy, ensure_round_the_clock
from escalation.models import Clock, SlaPolicy
from tests.bench.mails import SUPPORT, WORDS
from tickets import search
from tickets.models import (
    Agent,
    Customer,
    CustomerAddress,
    Mailbox,
    Message,
    Participant,
    Role,
    Team,
    Ticket,
    TicketEvent,
)

BATCH = 5_000
RARE, COMMON = "quincunx", "umbrella"
PASSWORD = "bench bench bench"


def fill(tickets: int, due: int, now: datetime) -> int:
    """Fill an empty database; answers the number of the ticket with twenty messages."""
    teams, policies = people(now)
    numbers = range(1, tickets + 1)
    for start in range(0, tickets, BATCH):
        with transaction.atomic():
            batch(numbers[start : start + BATCH], teams, policies, tickets, due, now)
        print(f"\r  filled {min(start + BATCH, tickets):,} of {tickets:,} tickets", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if connection.vendor == "postgresql":
        restart_sequences()
    long_ticket(tickets // 2, now)
    settle()
    return tickets // 2


def settle() -> None:
    """What the product does for SQLite when it starts, and PostgreSQL does by itself within a minute."""
    if connection.vendor == "sqlite":
        statistics.gather()
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def people(now: datetime) -> tuple[list[Team], dict[int, SlaPolicy]]:
    teams = [Team.objects.create(name=f"Team {n}", slug=f"team-{n}", takes_complaints=n == 1) for n in range(1, 5)]
    policies = {team.pk: ensure_policy(team, calendar=ensure_round_the_clock()) for team in teams}
    for name, role in (("ana", Role.AGENT), ("lee", Role.SUPERVISOR)):
        agent = Agent.objects.create_user(f"{name}@kintsugi.example", name.title(), PASSWORD, role=role)
        agent.teams.set(teams)
    teams[0].signatory = agent
    teams[0].save(update_fields=["signatory"])
    Mailbox.objects.create(name="support", address=SUPPORT, team=teams[0], sender_name="Bench")
    return teams, policies


def batch(
    numbers: range, teams: list[Team], policies: dict[int, SlaPolicy], tickets: int, due: int, now: datetime
) -> None:
    chance = random.Random(numbers.start)
    at = {number: now - timedelta(seconds=(tickets - number) // 2 + 3600) for number in numbers}
    Customer.objects.bulk_create(Customer(pk=n, name=f"Person {n}", created_at=at[n]) for n in numbers)
    CustomerAddress.objects.bulk_create(
        CustomerAddress(pk=n, customer_id=n, email=f"p{n}@store.example", key=f"p{n}@store.example") for n in numbers
    )
    texts = {number: [said(number, tickets, chance) for _ in range(3)] for number in numbers}
    Ticket.objects.bulk_create(ticket(n, teams[n % 4], at[n], texts[n][-1], tickets, due, now) for n in numbers)
    Participant.objects.bulk_create(Participant(pk=n, ticket_id=n, address_id=n, name=f"Person {n}") for n in numbers)
    Message.objects.bulk_create(message(n, i + 1, text, at[n]) for n in numbers for i, text in enumerate(texts[n]))
    TicketEvent.objects.bulk_create(event(n, version, at[n]) for n in numbers for version in (1, 2, 3))
    Clock.objects.bulk_create(
        clock(n, policies[teams[n % 4].pk], deadline(n, tickets, due, now), at[n]) for n in numbers
    )
    for number in numbers:
        search.begin(number, f"Order {number} Person {number} p{number}@store.example {' '.join(texts[number])}")


def said(number: int, tickets: int, chance: random.Random) -> str:
    """Ninety words; a rare one in ten tickets, a common one in a tenth of all."""
    words = chance.choices(WORDS, k=90)
    if number % (tickets // 10) == 0:
        words[7] = RARE
    if number % 10 == 3:
        words[11] = COMMON
    return " ".join(words)


def deadline(number: int, tickets: int, due: int, now: datetime) -> datetime:
    is_due = number % (tickets // due) == 0
    return now - timedelta(minutes=1) if is_due else now + timedelta(hours=2, seconds=number)


def ticket(number: int, team: Team, at: datetime, last: str, tickets: int, due: int, now: datetime) -> Ticket:
    unhappy = number % 9 == 0
    return Ticket(
        pk=number,
        subject=f"Order {number} has not come",
        customer_id=number,
        team=team,
        assignee_id=1 if number % 50 == 0 else None,
        state="open",
        channel="email",
        version=3,
        public_version=3,
        created_at=at,
        updated_at=at,
        waiting_since=at,
        last_by="customer",
        last_name=f"Person {number}",
        last_text=last[:160],
        last_at=at,
        unhappy=0.9 if unhappy else 0.3,
        mood="unhappy" if unhappy else "neutral",
        next_label="First reply",
        next_warn_at=deadline(number, tickets, due, now) - timedelta(minutes=30),
        next_due_at=deadline(number, tickets, due, now),
        mended={} if unhappy else None,
    )


def message(number: int, version: int, text: str, at: datetime) -> Message:
    return Message(
        ticket_id=number,
        version=version,
        by="agent" if version == 2 else "customer",
        name="Ana" if version == 2 else f"Person {number}",
        channel="email",
        message_id="" if version == 2 else f"{number}.{version}@store.example",
        text=text,
        mood="neutral",
        said_at=at,
    )


def event(number: int, version: int, at: datetime) -> TicketEvent:
    kind, by = ("replied", "agent") if version == 2 else ("customer_wrote", "customer")
    return TicketEvent(ticket_id=number, version=version, kind=kind, at=at, by_kind=by, by_name="Somebody")


def clock(number: int, policy: SlaPolicy, deadline: datetime, at: datetime) -> Clock:
    warn_at = deadline - timedelta(minutes=30)
    return Clock(
        ticket_id=number,
        calendar_id=policy.calendar_id,
        kind="first_response",
        target=policy.first_response,
        warn_before=1800,
        started_at=at,
        warn_at=warn_at,
        deadline=deadline,
        warned_at=warn_at if deadline < at + timedelta(days=1) else None,
        due_at=deadline,
    )


def long_ticket(number: int, now: datetime) -> None:
    chance = random.Random(number)
    Message.objects.bulk_create(message(number, v, " ".join(chance.choices(WORDS, k=90)), now) for v in range(4, 21))
    TicketEvent.objects.bulk_create(event(number, version, now) for version in range(4, 21))
    Ticket.objects.filter(pk=number).update(version=20, public_version=20)


def restart_sequences() -> None:
    """Rows were made with numbers of their own; PostgreSQL must go on after them."""
    with connection.cursor() as cursor:
        for table in ("customer", "customeraddress", "ticket", "participant"):
            name = f"tickets_{table}"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
