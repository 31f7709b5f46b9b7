"""Guided replies, filled in for one ticket with what is known of it."""

import re
from collections import Counter
from datetime import datetime
from typing import Any

from tickets.api.suggesting import Case, Guide, span, suggest
from tickets.empathy.templates import render, slots_of
from tickets.models import Agent, Message, Template, Ticket

LONGEST_QUOTE = 160  # characters
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")
BEFORE_END = re.compile(r"[.!?…]\s|\n")


def guides(ticket: Ticket, agent: Agent, now: datetime) -> list[dict[str, Any]]:
    """Every template in the customer's language, the suggested ones first. Three queries, however many there are."""
    rows = list(Template.objects.filter(is_active=True, locale="en"))
    last = ticket.messages.filter(by=Message.By.CUSTOMER, automatic=False).order_by("-version").first()
    case = _case(ticket, last, now)
    fits = suggest([Guide(row.key, row.title, row.situation, row.stage, row.level) for row in rows], case)
    known, used = _known(ticket, agent, last, case), _used(ticket)
    order = list(fits)
    shown = [_guide(row, known, used, fits.get(row.key, "")) for row in rows]
    return sorted(shown, key=lambda one: order.index(one["key"]) if one["suggested"] else len(order))


def _guide(row: Template, known: dict[str, str], used: Counter[str], why: str) -> dict[str, Any]:
    variant = min(range(len(row.variants)), key=lambda place: (used[f"{row.key}:{place}"], place))
    body = row.variants[variant]
    return {
        "key": row.key,
        "title": row.title,
        "situation": row.situation,
        "stage": row.stage,
        "text": render(body, known).text,
        "slots": [_slot(name, known) for name in slots_of(body)],
        "variant": variant,
        "variants": len(row.variants),
        "guards": row.guards,
        "suggested": bool(why),
        "why": why,
    }


def _slot(name: str, known: dict[str, str]) -> dict[str, Any]:
    value = known.get(name)
    return {"name": name, "label": name.replace("_", " ").capitalize(), "value": value, "filled": bool(value)}


def _used(ticket: Ticket) -> Counter[str]:
    """How often this customer has read which variant, so that nobody reads the same words twice while others are left."""
    said = Message.objects.filter(ticket__customer=ticket.customer_id).exclude(template="")
    return Counter(said.order_by().values_list("template", flat=True))


def _case(ticket: Ticket, last: Message | None, now: datetime) -> Case:
    waiting = (now - ticket.waiting_since).total_seconds() / 3600 if ticket.waiting_since else 0.0
    words = f"{ticket.subject} {last.text[:5000] if last else ''}"
    return Case(words, ticket.answered, ticket.is_settled, ticket.is_unhappy, ticket.level, waiting)


def _known(ticket: Ticket, agent: Agent, last: Message | None, case: Case) -> dict[str, str]:
    """The slots that need no thought; what we did, why and what we promise is for a person to say."""
    known = {"name": ticket.customer.name.split()[0], "owner": agent.name}
    if last and (quote := their_words(last)):
        known["their_words"] = quote
    if case.hours_waiting >= 24:
        known["wait"] = span(case.hours_waiting)
    return known


def their_words(message: Message) -> str:
    """The customer's own words that say most: the sentence around what sounds unhappy, else around what was heard."""
    for found in (*message.mood_reasons, *message.heard):
        quote = sentence_around(message.text, found["start"], found["end"]) or found["text"]
        if len(quote.split()) > 1 and len(quote) <= LONGEST_QUOTE:
            return quote
    return ""


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds these places, without its full stop; empty where it is too long to quote."""
    ends = [found.end() for found in BEFORE_END.finditer(text, 0, start)]
    begin = ends[-1] if ends else 0
    stop = SENTENCE_END.search(text, max(start, end - 1))
    sentence = " ".join(text[begin : stop.start() if stop else len(text)].split()).strip("“”\"'")
    return sentence if len(sentence) <= LONGEST_QUOTE else ""
