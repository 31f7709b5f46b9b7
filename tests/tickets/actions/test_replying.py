"""Replies: held for ten seconds, taken back, released once, or held when somebody has spoken since."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW, Cast, answer, complaint, reply
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets import due_work
from tickets.actions import moves
from tickets.actions.drafting import discard_draft, save_draft
from tickets.actions.noting import leave_note
from tickets.actions.replying import UNDO_FOR, Reply, release_reply, send_reply, undo_reply
from tickets.actions.triage import mark_spam
from tickets.errors import IllegalMove, Invalid, StaleReply, TooLate
from tickets.models import FOOT, Agent, Draft, OutgoingMail, PendingReply, Ticket

RELEASED = NOW + UNDO_FOR


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return fresh(complaint(cast))


def send(ticket: Ticket, agent: Agent, **fields: Any) -> PendingReply:
    made: dict[str, Any] = {"text": "I am sorry, Nora.", "seen_version": fresh(ticket).version, "key": "k1", **fields}
    return send_reply(ticket, Reply(**made), by=agent, now=NOW)


def words(mail: OutgoingMail) -> str:
    """What the mail says above what stands in small letters below."""
    return mail.text.partition(FOOT)[0]


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="reply").order_by("pk"))


def test_until_it_is_released_nothing_has_happened(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana)
    assert pending.due_at == RELEASED
    assert (kinds(ticket), fresh(ticket).state, mails()) == (["received"], "new", [])
    assert due_work.do("replies", RELEASED - timedelta(seconds=1)) == 0


def test_released_it_is_said_once_as_of_when_it_was_written(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana)
    assert (due_work.do("replies", RELEASED), due_work.do("replies", RELEASED + timedelta(hours=1))) == (1, 0)
    assert release_reply(pending.pk, now=RELEASED) is None
    [mail] = mails()
    assert (mail.recipient, words(mail)) == (cast.nora, "I am sorry, Nora.")
    after = fresh(ticket)
    assert (after.state, after.waiting_since, after.answered, after.last_by) == (
        "waiting_on_customer",
        None,
        True,
        "us",
    )
    assert (told(ticket).kind, told(ticket).by, told(ticket).data["by_person"]) == ("replied", "Ana Lima", True)
    assert ticket.messages.get(by="agent").said_at == NOW
    assert next(iter(after.mended or {})) == "heard"


def test_a_retry_with_the_same_key_is_the_same_reply(ticket: Ticket, cast: Cast) -> None:
    assert send(ticket, cast.ana) == send(ticket, cast.ana, text="Edited since")
    assert PendingReply.objects.count() == 1


def test_it_is_taken_back_into_the_draft_with_all_that_was_chosen(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana, cc=["jo@example.com"], template="late-delivery:0")
    draft = undo_reply(pending, by=cast.ana, now=NOW)
    assert (draft.text, draft.to, draft.cc) == ("I am sorry, Nora.", [cast.nora], ["jo@example.com"])
    assert draft.template == "late-delivery:0"
    assert told(ticket).kind == "reply_undone"
    undo_reply(pending, by=cast.ana, now=NOW)  # pressed twice
    assert (kinds(ticket).count("reply_undone"), release_reply(pending.pk, now=RELEASED), mails()) == (1, None, [])


def test_what_was_begun_since_stands_below_what_comes_back(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana)
    save_draft(ticket, "P.S. And the pegs?", by=cast.ana, now=NOW)
    assert undo_reply(pending, by=cast.ana, now=NOW).text == "I am sorry, Nora.\n\nP.S. And the pegs?"


def test_a_note_begun_since_never_slips_into_what_comes_back(ticket: Ticket, cast: Cast) -> None:
    """Neither by the writer's wish nor since the customer spoke in between."""
    save_draft(ticket, "The carrier lost it, do not tell.", by=cast.ana, now=NOW, kind="note")
    assert undo_reply(send(ticket, cast.ana), by=cast.ana, now=NOW).text == "I am sorry, Nora."
    send(fresh(ticket), cast.ana, text="Your tent is here.", key="2")
    answer(ticket, "One more thing.")
    kept = dict(ticket.drafts.values_list("kind", "text"))
    assert kept == {"note": "The carrier lost it, do not tell.", "reply": "Your tent is here."}


def test_what_has_left_cannot_be_taken_back(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana)
    release_reply(pending.pk, now=RELEASED)
    with pytest.raises(TooLate):
        undo_reply(pending, by=cast.ana, now=RELEASED)
    assert len(mails()) == 1


def test_whoever_has_not_seen_what_was_said_is_held(ticket: Ticket, cast: Cast) -> None:
    seen = ticket.version
    answer(ticket, "Forget it.")
    with pytest.raises(StaleReply) as held:
        send(ticket, cast.ana, seen_version=seen)
    assert (held.value.seen, held.value.version) == (seen, fresh(ticket).version)
    assert not PendingReply.objects.exists()


def test_a_note_or_an_assignment_since_holds_nobody(ticket: Ticket, cast: Cast) -> None:
    seen = ticket.version
    leave_note(ticket, "I rang the depot.", by=cast.lee, now=NOW)
    assert send(ticket, cast.ana, seen_version=seen)


def test_two_who_answer_at_once_say_it_once_and_the_second_is_told(ticket: Ticket, cast: Cast) -> None:
    first = send(ticket, cast.ana)
    second = send(ticket, cast.lee, key="k2", text="We are sorry.")
    release_reply(first.pk, now=RELEASED)
    assert release_reply(second.pk, now=RELEASED) is None
    assert [words(mail) for mail in mails()] == ["I am sorry, Nora."]
    assert "Something new was said" in Draft.objects.get(agent=cast.lee).told
    assert told(ticket).data["name"] == "Lee Osei"


def test_it_goes_to_each_recipient_once_and_never_to_us(ticket: Ticket, cast: Cast) -> None:
    to = [cast.nora, cast.nora.upper(), "support@kintsugi.example"]
    pending = send(ticket, cast.ana, to=to, cc=["jo@example.com", cast.nora])
    release_reply(pending.pk, now=RELEASED)
    assert [mail.recipient for mail in mails()] == [cast.nora, "jo@example.com"]
    assert len({mail.reply_to for mail in mails()}) == 2  # each answers by an address of their own
    assert ticket.participants.get(address__key="jo@example.com").role == "cc"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"text": " \0"}, "text"),
        ({"text": "x" * 100_001}, "text"),
        ({"to": ["support@kintsugi.example"]}, "to"),
        ({"to": ["nobody"]}, "to"),
        ({"cc": [f"c{n}@example.com" for n in range(20)]}, "cc"),
        ({"files": [4711]}, "files"),
        ({"then": "closed"}, "then"),
        ({"then": "on_hold"}, "wake_at"),
        ({"then": "on_hold", "wake_at": NOW}, "wake_at"),
    ],
)
def test_it_names_what_cannot_be_sent(ticket: Ticket, cast: Cast, fields: dict[str, Any], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        send(ticket, cast.ana, **fields)
    assert list(refused.value.fields) == [named]
    assert not PendingReply.objects.exists()


@pytest.mark.parametrize("then", ["open", "waiting_on_customer", "resolved", ""])
def test_what_happens_then_happens_with_it(ticket: Ticket, cast: Cast, then: str) -> None:
    release_reply(send(ticket, cast.ana, then=then).pk, now=RELEASED)
    assert fresh(ticket).state == (then or "open")
    assert ("resolved" in kinds(ticket)) is (then == "resolved")


def test_it_is_put_on_hold_with_it_until_the_time(ticket: Ticket, cast: Cast) -> None:
    wake_at = NOW + timedelta(days=1)
    release_reply(send(ticket, cast.ana, then="on_hold", wake_at=wake_at).pk, now=RELEASED)
    assert (fresh(ticket).state, fresh(ticket).wake_at) == ("on_hold", wake_at)


def test_a_reply_opens_what_was_closed_where_it_asks_something(ticket: Ticket, cast: Cast) -> None:
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    moves.close(ticket, by=by(cast.ana), now=NOW)
    release_reply(send(ticket, cast.ana, then="waiting_on_customer").pk, now=RELEASED)
    assert (fresh(ticket).state, fresh(ticket).settled_at) == ("waiting_on_customer", None)


def test_spam_is_not_answered_into_another_state(ticket: Ticket, cast: Cast) -> None:
    mark_spam(ticket, by=by(cast.ana), now=NOW)
    with pytest.raises(IllegalMove):
        send(ticket, cast.ana)


def test_a_ticket_that_became_spam_meanwhile_keeps_its_reply_back(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana)
    mark_spam(ticket, by=by(cast.lee), now=NOW)
    assert release_reply(pending.pk, now=RELEASED) is None
    assert (fresh(ticket).state, mails(), Draft.objects.get().text) == ("spam", [], "I am sorry, Nora.")


def test_a_ticket_that_was_closed_meanwhile_does_not_go_back_to_resolved(ticket: Ticket, cast: Cast) -> None:
    moves.reopen(ticket, by=by(cast.ana), now=NOW)
    pending = send(ticket, cast.ana, then="resolved")
    moves.resolve(ticket, by=by(cast.lee), now=NOW, reason="Rang her.")
    moves.close(ticket, by=by(cast.lee), now=NOW)
    assert release_reply(pending.pk, now=RELEASED) is None
    assert (fresh(ticket).state, mails()) == ("closed", [])
    assert Draft.objects.get().told.startswith("The ticket was changed before your reply left")


def test_a_reply_taken_back_whose_draft_is_gone_cannot_be_taken_back_again(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast.ana)
    undo_reply(pending, by=cast.ana, now=NOW)
    discard_draft(ticket, by=cast.ana)
    with pytest.raises(TooLate):
        undo_reply(pending, by=cast.ana, now=NOW)


def test_sending_ends_the_draft(ticket: Ticket, cast: Cast) -> None:
    save_draft(ticket, "I am", by=cast.ana, now=NOW)
    send(ticket, cast.ana)
    assert not Draft.objects.exists()


def test_the_second_reply_is_on_the_thread_of_the_first(ticket: Ticket, cast: Cast) -> None:
    reply(ticket, "First.", cast.ana)
    reply(ticket, "Second.", cast.ana)
    first, second = mails()
    assert first.mail_id in second.references and second.mail_id != first.mail_id


def test_a_reply_that_cannot_be_released_goes_back_to_its_writer_in_the_end(
    ticket: Ticket, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("broken")

    send(ticket, cast.ana)
    monkeypatch.setattr("tickets.actions.letters.reply", fails)
    for minute in range(3):
        assert due_work.do("replies", RELEASED + timedelta(minutes=2 * minute)) == 0
        assert not Draft.objects.exists()
    assert due_work.do("replies", RELEASED + timedelta(minutes=6)) == 1
    draft = Draft.objects.get(agent=cast.ana)
    assert (draft.text, draft.told.startswith("Something failed on our side")) == ("I am sorry, Nora.", True)
    assert (kinds(ticket)[-1], mails()) == ("reply_returned", [])
    assert due_work.do("replies", RELEASED + timedelta(minutes=20)) == 0
