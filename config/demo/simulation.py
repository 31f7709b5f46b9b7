"""Keeps a demo alive: customers complain and answer, agents take, write, note and resolve, as people would."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from tickets.actions import assigning, noting, rating, replying, settling
from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.actions.replying import Reply
from tickets.errors import TicketError
from tickets.models import Agent, Role, Team, Ticket
from tickets.states import State

TALK = Path(__file__).parent / "talk.yaml"
LATELY = 60  # tickets that somebody may act upon, the newest


class Simulation:
    """One act a step; which one is drawn by how often such things happen."""

    def __init__(self, seed: int | None = None) -> None:
        self.chance = random.Random(seed)
        self.talk: dict[str, Any] = yaml.safe_load(TALK.read_text())
        self.agents = list(Agent.objects.filter(role=Role.AGENT, is_active=True))
        self.acts: dict[Callable[[datetime], str | None], int] = {
            self.complain: 4,
            self.answer: 3,
            self.reply: 6,
            self.take: 3,
            self.note: 1,
            self.settle: 2,
            self.rate: 1,
        }

    def step(self, now: datetime) -> str:
        """Let one thing happen; answers what, in words. What cannot happen now gives way to a new complaint."""
        self.look_in(now)
        act = self.chance.choices(list(self.acts), weights=list(self.acts.values()))[0]
        try:
            return act(now) or self.complain(now)
        except TicketError as refused:
            return f"Refused: {refused}"

    def look_in(self, now: datetime) -> None:
        """Most of the agents are at their desks."""
        here = self.chance.sample(self.agents, k=max(1, len(self.agents) * 3 // 4)) if self.agents else []
        Agent.objects.filter(pk__in=[agent.pk for agent in here]).update(last_seen_at=now)

    def complain(self, now: datetime) -> str:
        said, name = self.chance.choice(self.talk["complaints"]), self.chance.choice(self.talk["names"])
        email = f"{name.lower().replace(' ', '.')}{self.chance.randrange(1000)}@post.example"
        team = Team.objects.get(slug=said["team"])
        complaint = Complaint(email, name, said["subject"], said["text"], self.chance.choice(["email", "form"]), team)
        return f"{name} complained: {said['subject']} ({receive_complaint(complaint, now=now).pk})"

    def answer(self, now: datetime) -> str | None:
        ticket = self.one_of(state__in=[State.WAITING_ON_CUSTOMER, State.RESOLVED])
        who = ticket.participants.select_related("address__customer").first() if ticket else None
        if ticket is None or who is None:
            return None
        receive_answer(ticket, Answer(who, str(who), self.chance.choice(self.talk["answers"]), "email"), now=now)
        return f"{who} wrote again on {ticket.pk}"

    def reply(self, now: datetime) -> str | None:
        ticket = self.one_of(state__in=[State.NEW, State.OPEN])
        agent = self.agent_for(ticket) if ticket else None
        if ticket is None or agent is None:
            return None
        text = self.chance.choice(self.talk["replies"]).format(name=ticket.customer.name.split()[0], agent=agent.name)
        then = State.RESOLVED if self.chance.random() < 0.3 else State.WAITING_ON_CUSTOMER
        made = Reply(text=text, seen_version=ticket.version, key=f"simulated:{ticket.pk}:{ticket.version}", then=then)
        replying.send_reply(ticket, made, by=agent, now=now)
        return f"{agent} replies on {ticket.pk}"

    def take(self, now: datetime) -> str | None:
        ticket = self.one_of(state__in=[State.NEW, State.OPEN], assignee=None)
        agent = self.agent_for(ticket) if ticket else None
        if ticket is None or agent is None:
            return None
        assigning.take(ticket, by=agent, now=now)
        return f"{agent} took {ticket.pk}"

    def note(self, now: datetime) -> str | None:
        ticket = self.one_of(state=State.OPEN)
        agent = self.agent_for(ticket) if ticket else None
        if ticket is None or agent is None:
            return None
        noting.leave_note(ticket, self.chance.choice(self.talk["notes"]), by=agent, now=now)
        return f"{agent} left a note on {ticket.pk}"

    def settle(self, now: datetime) -> str | None:
        ticket = self.one_of(state=State.RESOLVED)
        who = ticket.participants.select_related("ticket", "address__customer").first() if ticket else None
        if ticket is None or who is None:
            return None
        if self.chance.random() < 0.75:
            settling.say_settled(who, now=now)
            return f"{who} says that {ticket.pk} is settled"
        settling.say_not_settled(who, now=now)
        return f"{who} says that {ticket.pk} is not settled"

    def rate(self, now: datetime) -> str | None:
        """Most are content; who is not says why."""
        ticket = self.one_of(state=State.CLOSED, ratings=None)
        who = ticket.participants.select_related("ticket", "address__customer").first() if ticket else None
        if ticket is None or who is None:
            return None
        score = self.chance.choices([1, 2, 3, 4, 5], weights=[1, 1, 2, 5, 6])[0]
        rating.rate(who, score, self.chance.choice(self.talk["changes"][score]), now=now)
        return f"{who} rates {ticket.pk} {score} of 5"

    def one_of(self, **wanted: Any) -> Ticket | None:
        found = list(Ticket.objects.filter(**wanted).select_related("team", "customer").order_by("-id")[:LATELY])
        return self.chance.choice(found) if found else None

    def agent_for(self, ticket: Ticket) -> Agent | None:
        """Its assignee, else somebody of its team."""
        if ticket.assignee_id:
            return ticket.assignee
        members = [agent for agent in self.agents if ticket.team.members.filter(pk=agent.pk).exists()]
        return self.chance.choice(members) if members else None
