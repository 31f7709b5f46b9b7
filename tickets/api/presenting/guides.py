"""Guided replies, filled in for one ticket with what is known of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tickets.actions.rating import rating_of
from tickets.api.presenting.quotes import beginning, quotes
from tickets.contributions import contributions
from tickets.empathy.language import DEFAULT, detect
from tickets.empathy.slots import SLOTS, slot_words
from tickets.empathy.suggesting import Case, Guide, Moment, fresh_variant, span, suggest
from tickets.empathy.templates import render, slots_of
from tickets.models import Agent, Message, Rating, Template, Ticket

READ_AT_MOST = 5_000  # characters of the last message
WORTH_SAYING = 24  # hours of waiting


@dataclass(frozen=True)
class Known:
    """What needs no thought: the `values` of slots, and what there is to `choose` from in others."""

    values: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]


def guides(ticket: Ticket, agent: Agent, now: datetime) -> list[dict[str, Any]]:
    """Every template in the customer's language, the suggested ones first. As many queries for one as for a thousand."""
    last = _last_of(ticket)
    words = _read_of(ticket, last)
    locale, rows = _rows(detect(words), ticket)
    used = _used(ticket)
    rating = rating_of(ticket)
    case = _case(ticket, words, used, rating, now)
    fits = {one.key: one.why for one in suggest(map(_looked_at, rows), case)}
    known = _known(ticket, agent, last, case, locale)
    if rating and case.moment is Moment.RATED_LOW:
        known = _in_their_words(known, beginning(rating.comment))
    shown = [_guide(row, known, used.get(row.key, ()), fits.get(row.key, "")) for row in rows]
    order = list(fits)
    return sorted(shown, key=lambda one: order.index(one["key"]) if one["suggested"] else len(order))


def outline(ticket: Ticket, chosen: str, now: datetime) -> str:
    """The bare text of the chosen template, else of the one that fits best: its places stand open. Empty where none fits."""
    words = _read_of(ticket, _last_of(ticket))
    _, rows = _rows(detect(words), ticket)
    used = _used(ticket)
    case = _case(ticket, words, used, rating_of(ticket), now)
    fits = [chosen, *(one.key for one in suggest(map(_looked_at, rows), case))]
    by_key = {row.key: row for row in rows}
    row = next((by_key[key] for key in fits if key in by_key), None)
    return render(row.variants[fresh_variant(len(row.variants), used.get(row.key, ()))], {}).text if row else ""


def _last_of(ticket: Ticket) -> Message | None:
    """What the customer said last."""
    return ticket.messages.filter(by=Message.By.CUSTOMER, automatic=False).order_by("-version").first()


def _read_of(ticket: Ticket, last: Message | None) -> str:
    """The words by which templates are chosen."""
    return f"{ticket.subject}. {last.text[:READ_AT_MOST] if last else ''}"


def _rows(locale: str, ticket: Ticket) -> tuple[str, list[Template]]:
    """The templates in force in a language, in English where nobody has written any in it; a team's own go before the
    house's of the same key."""
    known = Template.objects.filter(Q(team=None) | Q(team=ticket.team_id), locale__in={locale, DEFAULT})
    rows = {(row.locale, row.key): row for row in sorted(known, key=lambda row: row.team_id is not None)}
    offered = [row for row in rows.values() if row.is_active]
    spoken = locale if any(row.locale == locale for row in offered) else DEFAULT
    return spoken, [row for row in offered if row.locale == spoken]


def _looked_at(row: Template) -> Guide:
    return Guide(row.key, row.situation, row.stage, row.level, len(row.variants))


def _used(ticket: Ticket) -> dict[str, set[int]]:
    """Which variants of which template this customer has read, so that nobody reads the same words twice."""
    said = Message.objects.filter(ticket__customer=ticket.customer_id).exclude(template="").order_by()
    used: dict[str, set[int]] = defaultdict(set)
    for key, _, variant in (name.partition(":") for name in said.values_list("template", flat=True)):
        used[key].add(int(variant) if variant.isdigit() else 0)
    return used


def _case(ticket: Ticket, words: str, used: Mapping[str, set[int]], rating: Rating | None, now: datetime) -> Case:
    waiting = (now - ticket.waiting_since).total_seconds() / 3600 if ticket.waiting_since else 0.0
    return Case(words, moment_of(ticket, rating, now), ticket.mood, ticket.level, waiting, used)


def moment_of(ticket: Ticket, rating: Rating | None, now: datetime) -> Moment:
    """Where the ticket stands: what we broke comes first, then how it was rated, then how far the repair has come."""
    promise = contributions.merged(contributions.reply_context, ticket, now).get("open_promise")
    if promise and date.fromisoformat(promise["due"]) < now.date():
        return Moment.BROKEN_PROMISE
    if ticket.is_settled:
        return Moment.RATED_LOW if rating and rating.is_low else Moment.FOLLOW_UP
    mended = ticket.mended or {}
    if "accepted" in mended:
        return Moment.RESOLVING
    if "offered" in mended:
        return Moment.REMEDY
    return Moment.UPDATE if ticket.answered else Moment.FIRST_ANSWER


def _known(ticket: Ticket, agent: Agent, last: Message | None, case: Case, locale: str) -> Known:
    """What we did, why and what we promise is for a person to say; the rest is filled or offered."""
    spoken = slot_words(locale)
    values = {"name": spoken.greeting_of(ticket.customer.name), "owner": agent.name}
    choices: dict[str, Sequence[str]] = {**spoken.starters, "owner": _people(ticket, agent)}
    if last:
        values |= _from_message(last, spoken.order_sentence)
        choices |= {"their_words": quotes(last), "answers": [one["text"] for one in _heard(last, "question")]}
    if case.hours_waiting >= WORTH_SAYING and locale == DEFAULT:
        values["wait"] = span(case.hours_waiting)
    return Known({slot: value for slot, value in values.items() if value}, choices)


def _in_their_words(known: Known, said: Sequence[str]) -> Known:
    """The same with what they said last, where that was no message; what they wrote before is not what they mean now."""
    values = {slot: value for slot, value in known.values.items() if slot != "their_words"}
    return Known(values | ({"their_words": said[0]} if said else {}), {**known.choices, "their_words": said})


def _people(ticket: Ticket, agent: Agent) -> list[str]:
    return list(dict.fromkeys([agent.name] + ([ticket.assignee.name] if ticket.assignee else [])))


def _from_message(last: Message, order_sentence: str) -> dict[str, str]:
    orders = [one["text"] for one in _heard(last, "reference")]
    quoted = quotes(last)
    return {
        "their_words": quoted[0] if quoted else "",
        "order": order_sentence.replace("{order}", orders[0]) if orders else "",
    }


def _heard(message: Message, kind: str) -> Iterable[Mapping[str, Any]]:
    return [one for one in message.heard if one.get("kind") == kind]


def _guide(row: Template, known: Known, used: set[int] | tuple[()], why: str) -> dict[str, Any]:
    variant = fresh_variant(len(row.variants), used)
    body = row.variants[variant]
    return {
        "key": row.key,
        "title": row.title,
        "situation": row.situation,
        "stage": row.stage,
        "text": render(body, known.values).text,
        "slots": [_slot(name, known, row.remedies) for name in slots_of(body)],
        "variant": variant,
        "variants": len(row.variants),
        "guards": row.guards,
        "suggested": bool(why),
        "why": why,
        "said_before": variant in used,
    }


def _slot(name: str, known: Known, remedies: Sequence[str]) -> dict[str, Any]:
    choices = remedies if name == "options" else known.choices.get(name, ())
    slot, value = SLOTS[name], known.values.get(name)
    return {
        "name": name,
        "kind": slot.kind,
        "label": slot.label,
        "hint": slot.meaning,
        "value": value,
        "filled": bool(value),
        "choices": list(choices),
    }
