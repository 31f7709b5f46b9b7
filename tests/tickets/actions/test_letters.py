"""Letters: composed with the verb that causes them, each once, none to a machine."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.cast import NOW, Cast, answer, change_all, complaint, participant, reply
from tests.story import LINK
from tickets import tokens
from tickets.actions import letters
from tickets.actions.customers import customer_at, take_part
from tickets.models import OutgoingMail, Participant, Team, Ticket
from tickets.tokens import Purpose


def test_an_acknowledgement_has_number_link_and_a_persons_name_and_nothing_that_was_typed(cast: Cast) -> None:
    ticket = complaint(
        cast, subject="Buy <b>pills</b>", text="Visit https://pills.example now", desired_outcome="Visit!"
    )
    mail = OutgoingMail.objects.get()
    assert f"number {ticket.pk}" in mail.subject and str(ticket.pk) in mail.text
    assert tokens.make(participant(ticket), Purpose.PAGE) in mail.text
    assert LINK.search(mail.text)
    assert mail.sender == '"Ana Lima, Fernhill Outfitters" <support@kintsugi.example>'
    for typed in ("pills", "Visit"):
        assert typed not in mail.subject + mail.text


def test_a_team_without_a_signatory_signs_with_its_name(cast: Cast) -> None:
    change_all(Team, signatory=None)
    cast.deliveries.refresh_from_db()
    complaint(cast)
    assert "Your team Deliveries" in OutgoingMail.objects.get().text


@pytest.mark.parametrize("address", ["no-reply@example.com", "MAILER-DAEMON@example.com", "bounces+1@example.com"])
def test_no_automatic_letter_goes_to_a_machine(cast: Cast, address: str) -> None:
    assert not letters.may_write_automatically(address.lower(), NOW)
    complaint(cast, email=address)
    assert not OutgoingMail.objects.exists()


def test_the_breaker_counts_an_hour_and_an_address_and_automatic_letters_only(cast: Cast) -> None:
    for _ in range(letters.MOST_AUTOMATIC_AN_HOUR):
        assert letters.may_write_automatically(cast.nora, NOW)
        complaint(cast)
    assert not letters.may_write_automatically(cast.nora, NOW)
    assert letters.may_write_automatically("jo@example.com", NOW)
    assert letters.may_write_automatically(cast.nora, NOW + timedelta(hours=1))
    assert reply(complaint(cast), "A person writes all the same.", cast.ana).deliveries.count() == 1


def test_a_notice_to_one_of_us_is_queued_once(cast: Cast) -> None:
    for words in ("First", "Second"):
        letters.notify(cast.lee, "Level 1", words, "escalation:1", NOW)
    mail = OutgoingMail.objects.get()
    assert (mail.text, mail.recipient, mail.is_automatic) == ("First", "lee@kintsugi.example", True)


def test_a_letter_of_a_verb_that_fails_never_was(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        complaint(cast)
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists() and not Ticket.objects.exists()


def test_a_thread_names_the_customers_last_mail_and_all_before_it(cast: Cast) -> None:
    ticket = complaint(cast, message_id="one@example.com")
    reply(ticket, "We look.", cast.ana)
    answer(ticket, "And?")
    ticket.messages.filter(text="And?").update(message_id="two@example.com", said_at=NOW + timedelta(hours=1))
    reply(ticket, "Found!", cast.ana, now=NOW + timedelta(hours=2))
    acknowledgement, first, second = OutgoingMail.objects.order_by("pk")
    assert (first.in_reply_to, second.in_reply_to) == ("one@example.com", "two@example.com")
    assert second.references[0] == "one@example.com" and second.references[-1] == "two@example.com"
    assert set(second.references) == {"one@example.com", "two@example.com", acknowledgement.mail_id, first.mail_id}


def test_what_a_machine_said_for_the_customer_is_named_but_not_answered(cast: Cast) -> None:
    ticket = complaint(cast, message_id="one@example.com")
    reply(ticket, "We look.", cast.ana)
    answer(ticket, "I am on leave until Monday.")
    later = NOW + timedelta(hours=1)
    ticket.messages.filter(text__startswith="I am on").update(
        message_id="away@x.example", said_at=later, automatic=True
    )
    reply(ticket, "Found!", cast.ana, now=NOW + timedelta(hours=2))
    last = OutgoingMail.objects.latest("pk")
    assert last.in_reply_to == last.references[-1] == "one@example.com"
    assert "away@x.example" in last.references


def test_a_long_thread_keeps_its_beginning_and_its_end(cast: Cast) -> None:
    ticket = complaint(cast, message_id="one@example.com")
    for count in range(40):
        reply(ticket, f"Reply {count}", cast.ana, now=NOW + timedelta(minutes=count))
    last = OutgoingMail.objects.latest("pk")
    assert (last.in_reply_to, last.references[-1]) == ("one@example.com", "one@example.com")
    assert last.references[0] == OutgoingMail.objects.earliest("pk").mail_id
    assert len(last.references) <= letters.MOST_REFERENCES + 2


def test_each_recipient_answers_by_an_address_of_their_own(cast: Cast) -> None:
    ticket = complaint(cast)
    jo = take_part(ticket, customer_at("jo@example.com", "Jo", NOW), "Jo", Participant.Role.CC)
    reply(ticket, "To both.", cast.ana, cc=["jo@example.com"])
    found = {mail.recipient: mail.reply_to for mail in OutgoingMail.objects.filter(kind="reply")}
    assert found == {
        person.address.key: f"support+{tokens.make(person, Purpose.REPLY)}@kintsugi.example"
        for person in (participant(ticket), jo)
    }
