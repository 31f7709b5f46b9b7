"""Lets the demo's conversations happen again, in their order, through the same verbs that people use."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from config.demo.stories import Step, Story, span
from escalation.models import Promise
from escalation.promises import keep_promise
from tickets import due_work
from tickets.actions import assigning, drafting, escalating, moves, noting, rating, replying, settling, triage
from tickets.actions.promising import Promised
from tickets.actions.reading import mark_read
from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.actions.replying import Reply
from tickets.events import Actor
from tickets.models import Agent, Participant, Team, Ticket

RELEASED = replying.UNDO_FOR + timedelta(seconds=1)


class Replay:
    """Tells all stories at once, as they overlapped. `now` is the moment that the last of them has reached."""

    def __init__(self, stories: list[Story], agents: dict[str, Agent], teams: dict[str, Team], now: datetime) -> None:
        self.agents, self.teams, self.now = agents, teams, now
        self.order = count()
        self.queue: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        for story in stories:
            self.later(now - story.ago, partial(self.begin, story))

    def later(self, at: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self.queue, (at, next(self.order), act))

    def run(self) -> Iterator[int]:
        """Do one thing after the other; yields how many were done."""
        for done in count(1):
            if not self.queue:
                break
            at, _, act = heapq.heappop(self.queue)
            if at <= self.now:
                do_due(at)
                act(at)
            yield done
        do_due(self.now)

    def begin(self, story: Story, at: datetime) -> None:
        complaint = Complaint(
            email=story.email,
            name=story.name,
            subject=story.subject,
            text=story.said.strip(),
            channel=story.channel,
            team=self.teams[story.team],
            desired_outcome=story.wants,
            message_id=story.message_id if story.channel == "email" else "",
        )
        ticket = receive_complaint(complaint, now=at)
        if story.about:
            type(ticket.customer).objects.filter(pk=ticket.customer_id).update(about=story.about)
        for step in story.steps:
            self.later(at + step.after, partial(self.act, ticket, step))

    def act(self, ticket: Ticket, step: Step, at: datetime) -> None:
        ticket.refresh_from_db()
        agent = self.agents.get(step.by)
        if agent is None:
            ACTS_OF_CUSTOMERS[step.act](ticket, step, at)
            return
        ACTS_OF_AGENTS[step.act](self, ticket, step, agent, at)
        ticket.refresh_from_db()
        mark_read(ticket, ticket.version, by=agent)


def do_due(now: datetime) -> None:
    """What was due by then is done as of then, so that clocks warned and escalations climbed when they should."""
    for kind in due_work.kinds:
        while due_work.do(kind, now):
            continue


def reply(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    then = step.more.get("then", "waiting_on_customer")
    promises = [Promised(said["what"], on_the_hour(at + span(said["in"]))) for said in step.more.get("promises", [])]
    made = Reply(
        text=step.value.strip(),
        seen_version=ticket.version,
        key=f"demo:{ticket.pk}:{ticket.version}",
        then=then,
        promises=promises,
    )
    pending = replying.send_reply(ticket, made, by=agent, now=at)
    replying.release_reply(pending.pk, now=at + RELEASED)


def on_the_hour(time: datetime) -> datetime:
    return time.replace(minute=0, second=0, microsecond=0)


def keep(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    promise = Promise.objects.get(ticket=ticket, what=step.value)
    keep_promise(promise, by=Actor.agent(agent), now=at, reason=step.more.get("reason", ""))


def note(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    mentions = [replay.agents[key].pk for key in step.more.get("mentions", [])]
    noting.leave_note(ticket, step.value.strip(), by=agent, now=at, mentions=mentions)


def assign(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    assigning.assign(ticket, replay.agents[step.value], by=Actor.agent(agent), now=at)


def move(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    assigning.move_to_team(ticket, replay.teams[step.value], by=Actor.agent(agent), now=at)


def hold(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    reason = step.more.get("reason", "")
    moves.put_on_hold(ticket, at + span(step.value), by=Actor.agent(agent), now=at, reason=reason)


def resolve(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    moves.resolve(ticket, by=Actor.agent(agent), now=at, reason=step.value)


def priority(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    triage.set_priority(ticket, step.value, by=Actor.agent(agent), now=at)


def spam(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    triage.mark_spam(ticket, by=Actor.agent(agent), now=at)


def acknowledge(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    escalating.acknowledge(ticket, by=Actor.agent(agent), now=at)


def draft(replay: Replay, ticket: Ticket, step: Step, agent: Agent, at: datetime) -> None:
    drafting.save_draft(ticket, step.value.strip(), by=agent, now=at)


def wrote(ticket: Ticket, step: Step, at: datetime) -> None:
    who = part(ticket)
    receive_answer(ticket, Answer(who, str(who), step.value.strip(), step.more.get("channel", "email")), now=at)


def settled(ticket: Ticket, step: Step, at: datetime) -> None:
    if step.value:
        settling.say_settled(part(ticket), now=at)
    else:
        settling.say_not_settled(part(ticket), now=at)


def rated(ticket: Ticket, step: Step, at: datetime) -> None:
    rating.rate(part(ticket), step.value, step.more.get("comment", ""), now=at)


def part(ticket: Ticket) -> Participant:
    return ticket.participants.select_related("ticket__team", "address__customer").order_by("pk")[0]


ACTS_OF_AGENTS: dict[str, Callable[[Replay, Ticket, Step, Agent, datetime], None]] = {
    "reply": reply,
    "note": note,
    "assign": assign,
    "move": move,
    "hold": hold,
    "resolve": resolve,
    "priority": priority,
    "spam": spam,
    "draft": draft,
    "keep": keep,
    "acknowledge": acknowledge,
}
ACTS_OF_CUSTOMERS: dict[str, Callable[[Ticket, Step, datetime], None]] = {
    "wrote": wrote,
    "settled": settled,
    "rated": rated,
}
