"""Is it settled? Asked when we resolve, asked once more, and then silence closes the ticket; a no opens and escalates it."""

from datetime import datetime, timedelta

from escalation.models import FollowUp
from escalation.policies import policy_for
from tickets.actions import escalating, moves, settling
from tickets.due_work import does, each
from tickets.events import Actor
from tickets.models import DueQuerySet, Ticket, TicketEvent
from tickets.models.statements import exists
from tickets.states import State

ASK_AGAIN_AFTER = 3 * 24 * 3600  # seconds, where the team has no policy
UNANSWERED = "We asked twice whether it is settled and heard nothing"
Answer = FollowUp.Answer


def follow(ticket: Ticket, event: TicketEvent) -> None:
    """Begin to ask when a ticket is resolved; end it when that is answered or the ticket goes elsewhere."""
    if ticket.version == 1:
        return
    if event.kind == "said_not_settled":
        _said_no(ticket, event.at)
    elif ticket.state == State.RESOLVED:
        _begin(ticket, event.at)
    else:
        answer = Answer.SETTLED if event.kind == "said_settled" else ""
        if not exists(FollowUp, ticket=ticket.pk, ended_at=None):
            return
        open_ones(ticket).filter(answer="").update(answer=answer, ended_at=event.at, due_at=None)


def open_ones(ticket: Ticket) -> DueQuerySet:
    return FollowUp.objects.filter(ticket=ticket, ended_at=None)


def _begin(ticket: Ticket, at: datetime) -> None:
    if open_ones(ticket).exists():
        return
    policy = policy_for(ticket)
    FollowUp.objects.create(
        ticket=ticket,
        resolved_at=at,
        ask_again_after=policy.ask_again_after if policy else ASK_AGAIN_AFTER,
        may_close=not FollowUp.objects.filter(ticket=ticket, answer=Answer.NOT_SETTLED).exists(),
        due_at=at,
    )


def _said_no(ticket: Ticket, at: datetime) -> None:
    """Leave a due row that escalates: a receiver changes no ticket itself."""
    row = open_ones(ticket).first() or FollowUp(ticket=ticket, resolved_at=at, ask_again_after=ASK_AGAIN_AFTER)
    row.answer, row.due_at, row.claimed_until = Answer.NOT_SETTLED, at, None
    row.save()


@does("follow_ups", FollowUp)
def do_due_follow_ups(now: datetime) -> int:
    """Ask, ask again, close, or escalate a no."""
    done = 0
    while rows := FollowUp.objects.claim(now, limit=100):
        done += each("follow_ups", rows, lambda row: _act(row.pk, now))
    return done


def _act(pk: int, now: datetime) -> None:
    """The verbs lock the ticket first, as every verb does; then the row is read anew, since it may have changed."""
    ticket = Ticket.objects.select_for_update(of=("self",)).get(follow_ups=pk)
    row = FollowUp.objects.get(pk=pk)
    if row.ended_at or row.due_at is None or row.due_at > now:
        return
    if row.answer == Answer.NOT_SETTLED:
        _escalate(ticket, row, now)
    elif row.asked < row.ask_at_most:
        _ask(ticket, row, now)
    else:
        _end_in_silence(ticket, row, now)


def _ask(ticket: Ticket, row: FollowUp, now: datetime) -> None:
    asked = settling.ask_if_settled(ticket, now=now, again=row.asked > 0)
    row.asked, row.asked_at, row.claimed_until = row.asked + 1, now, None
    row.due_at = now + timedelta(seconds=row.ask_again_after) if asked else None
    row.ended_at = None if asked else now
    row.save()


def _end_in_silence(ticket: Ticket, row: FollowUp, now: datetime) -> None:
    row.due_at, row.ended_at = None, now
    row.save()
    if row.may_close and ticket.state == State.RESOLVED:
        moves.close(ticket, by=Actor.system(), now=now, reason=UNANSWERED)


def _escalate(ticket: Ticket, row: FollowUp, now: datetime) -> None:
    """A first no is level 1; being let down twice is never less than level 2."""
    again = FollowUp.objects.filter(ticket=ticket, answer=Answer.NOT_SETTLED).exclude(pk=row.pk).exists()
    row.due_at, row.ended_at = None, now
    row.save()
    reason = "The customer says again that it is not settled" if again else "The customer says that it is not settled"
    escalating.escalate(ticket, 2 if again else 1, reason, by=Actor.system(), now=now)
