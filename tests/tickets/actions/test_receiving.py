"""A customer speaks: what begins a ticket and what joins one."""

from datetime import timedelta

import pytest

from tests.cast import ANGRY, NOW, Cast, answer, complaint, participant, reply
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets import search
from tickets.actions import moves
from tickets.actions.files import store
from tickets.actions.receiving import Answer, receive_answer
from tickets.actions.replying import Reply, release_reply, send_reply
from tickets.actions.triage import mark_spam
from tickets.errors import Invalid
from tickets.models import Channel, Customer, Draft, OutgoingMail, Ticket

LATER = NOW + timedelta(hours=3)


def test_it_begins_a_ticket_that_waits_for_us_with_its_mood_and_words(cast: Cast) -> None:
    ticket = fresh(complaint(cast))
    message = ticket.messages.get()
    assert (ticket.state, ticket.waiting_since, ticket.assignee, ticket.version) == ("new", NOW, None, 1)
    assert (ticket.mood, ticket.mended, ticket.last_by) == ("unhappy", {}, "customer")
    assert told(ticket).kind == "received" and told(ticket).by == "Nora Whitcombe"
    assert told(ticket).data["message"] == message.pk and told(ticket).data["mood"] == "unhappy"
    for reason in message.mood_reasons:
        assert message.text[reason["start"] : reason["end"]] == reason["text"]


def test_it_finds_again_who_wrote_before_whatever_the_case_of_the_address(cast: Cast) -> None:
    first, second = complaint(cast), complaint(cast, email="NORA.Whitcombe@EXAMPLE.com", name="N. W.")
    assert first.customer == second.customer
    assert Customer.objects.count() == 1


def test_the_same_key_is_the_same_complaint(cast: Cast) -> None:
    first, second = complaint(cast, key="k1"), complaint(cast, key="k1", text="Something else")
    assert first == second
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    assert complaint(cast, key="") != complaint(cast, key="")


@pytest.mark.parametrize(
    ("text", "subject", "shown"),
    [
        ("Where is it?", "", "Where is it?"),
        ("\0", "Only a\r\nsubject", "Only a subject"),
        ("x" * 200, "", "x" * 80),
    ],
)
def test_a_subject_is_there_on_one_line(cast: Cast, text: str, subject: str, shown: str) -> None:
    if text == "\0":
        text = ""
    assert complaint(cast, text=text, subject=subject).subject == shown


@pytest.mark.parametrize("fields", [{"email": "nobody"}, {"email": "a@b"}, {"text": "x" * 100_001}])
def test_it_refuses_whom_it_cannot_answer_and_what_nobody_could_read(cast: Cast, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        complaint(cast, **fields)
    assert set(refused.value.fields) == set(fields)
    assert not Ticket.objects.exists() and not Customer.objects.exists()


def test_what_is_wished_for_is_kept_and_found(cast: Cast) -> None:
    ticket = complaint(cast, desired_outcome="A brand-new groundsheet")
    assert ticket.desired_outcome == "A brand-new groundsheet"
    for words in ("groundsheet", "furious", "whitcombe", str(ticket.pk)):
        assert list(search.matching(Ticket.objects.all(), words)) == [ticket]


@pytest.mark.parametrize("settle", [False, True])
def test_an_answer_opens_what_waited_and_what_was_resolved(cast: Cast, settle: bool) -> None:
    ticket = complaint(cast)
    reply(ticket, "On its way.", cast.ana, then="resolved" if settle else "waiting_on_customer")
    answer(ticket, "It is not.", now=LATER)
    assert (fresh(ticket).state, fresh(ticket).waiting_since, fresh(ticket).settled_at) == ("open", LATER, None)
    assert told(ticket).kind == "customer_wrote"


def test_an_answer_to_what_is_on_hold_opens_it_and_forgets_the_time(cast: Cast) -> None:
    ticket = complaint(cast)
    moves.put_on_hold(ticket, LATER, by=by(cast.ana), now=NOW)
    answer(ticket, "I found it!")
    assert (fresh(ticket).state, fresh(ticket).wake_at) == ("open", None)


def test_the_wait_counts_from_the_oldest_unanswered_words(cast: Cast) -> None:
    ticket = complaint(cast)
    answer(ticket, "Hello?", now=LATER)
    assert (fresh(ticket).state, fresh(ticket).waiting_since) == ("new", NOW)


def test_an_answer_returns_a_reply_that_was_under_way_to_its_draft(cast: Cast) -> None:
    ticket = fresh(complaint(cast))
    pending = send_reply(ticket, Reply("Your tent is on its way.", ticket.version, "k"), by=cast.ana, now=NOW)
    answer(ticket, "Cancel it.")
    draft = Draft.objects.get(ticket=ticket, agent=cast.ana)
    assert draft.text == "Your tent is on its way."
    assert "Something new was said" in draft.told
    assert kinds(ticket)[-2:] == ["customer_wrote", "reply_returned"]
    assert release_reply(pending.pk, now=LATER) is None
    assert not OutgoingMail.objects.filter(kind="reply").exists()


def test_files_without_words_are_an_answer_and_nothing_at_all_is_none(cast: Cast) -> None:
    ticket = complaint(cast)
    photo = store("tent.txt", "text/plain", b"torn")
    said = receive_answer(ticket, Answer(participant(ticket), "", "", Channel.PAGE, files=[photo]), now=LATER)
    assert said.text == "(no words, see the attachment)"
    assert [file.filename for file in said.attachments.all()] == ["tent.txt"]
    with pytest.raises(Invalid, match="write something"):
        receive_answer(ticket, Answer(participant(ticket), "", " \0 ", Channel.PAGE), now=LATER)


def test_what_an_automatic_mail_says_has_no_mood(cast: Cast) -> None:
    ticket = complaint(cast, text="One question about pegs.")
    said = receive_answer(ticket, Answer(participant(ticket), "", ANGRY, Channel.EMAIL, automatic=True), now=LATER)
    assert (said.mood, said.unhappy, fresh(ticket).mood) == ("", None, fresh(ticket).messages.first().mood)  # type: ignore[union-attr]
    assert told(ticket).kind == "automatic_mail"


def test_words_on_spam_are_kept_there(cast: Cast) -> None:
    ticket = complaint(cast)
    mark_spam(ticket, by=by(cast.ana), now=NOW)
    answer(ticket, "Buy my pills.", now=LATER)
    assert (fresh(ticket).state, ticket.messages.count()) == ("spam", 2)
