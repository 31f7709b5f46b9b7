"""A customer's link is renewed: the old one, and the old reply address, no longer work."""

from tests.cast import NOW, Cast, complaint, participant
from tests.tickets.actions.facts import by, told
from tickets import tokens
from tickets.actions.linking import renew_link
from tickets.models import OutgoingMail
from tickets.tokens import Purpose


def test_it_revokes_both_and_mails_the_new_one(cast: Cast) -> None:
    ticket = complaint(cast)
    nora = participant(ticket)
    old = {purpose: tokens.make(nora, purpose) for purpose in Purpose}
    renew_link(nora, by=by(cast.ana), now=NOW)
    assert [tokens.read(token, purpose) for purpose, token in old.items()] == [None, None]
    mail = OutgoingMail.objects.get(kind="link")
    new = tokens.make(participant(ticket), Purpose.PAGE)
    assert mail.recipient == cast.nora and f"/t/{new}/" in mail.text
    assert (told(ticket).kind, told(ticket).data) == ("link_renewed", {"name": "Nora Whitcombe"})


def test_renewed_twice_two_mails_say_so_and_only_the_last_opens(cast: Cast) -> None:
    ticket = complaint(cast)
    for _ in range(2):
        renew_link(participant(ticket), by=by(cast.ana), now=NOW)
    first, last = OutgoingMail.objects.filter(kind="link").order_by("pk")
    new = tokens.make(participant(ticket), Purpose.PAGE)
    assert new not in first.text and new in last.text


def test_another_participants_link_stays(cast: Cast) -> None:
    one, two = participant(complaint(cast)), participant(complaint(cast, email="jo@example.com"))
    renew_link(one, by=by(cast.ana), now=NOW)
    assert tokens.read(tokens.make(two, Purpose.PAGE), Purpose.PAGE) == two
