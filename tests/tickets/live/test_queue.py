"""What a queue hears of its tickets."""

from collections.abc import Callable

from django.utils import timezone

from tests.cast import NOW, Cast, answer, complaint, participant
from tests.tickets.live.sockets import Socket, aside, until
from tickets import lists
from tickets.actions.assigning import move_to_team, take
from tickets.actions.drafting import discard_draft, save_draft
from tickets.actions.noting import leave_note
from tickets.actions.rating import rate
from tickets.actions.reading import mark_read
from tickets.actions.settling import say_settled
from tickets.events import Actor
from tickets.models import OutgoingMail, Ticket

Open = Callable[..., object]


async def test_it_hears_of_a_new_ticket_with_its_row_views_and_words(people: Cast, open_socket: Open) -> None:
    queue = f"queue:{people.deliveries.pk}"
    socket: Socket = await open_socket(people.ana, queue)
    ticket = await aside(complaint, people)
    frame = await socket.hears(kind="ticket", ticket=ticket.pk)
    assert frame["topic"] == queue
    assert frame["event"] == "received"
    assert frame["words"] == "Nora Whitcombe complained"
    assert {"waiting_for_us", "unassigned", "all_open"} <= set(frame["views"])
    assert [frame["row"]] == await aside(lambda: lists.rows(Ticket.objects.filter(pk=ticket.pk)))


async def test_it_numbers_the_frames_of_a_topic_without_gaps(people: Cast, open_socket: Open) -> None:
    queue = f"queue:{people.deliveries.pk}"
    socket: Socket = await open_socket(people.ana)
    begun = (await socket.subscribe(queue))["n"][queue]
    ticket = await aside(complaint, people)
    for words in ["Still nothing.", "Hello?", "Please answer me."]:
        await aside(answer, ticket, words)
    await until(lambda: len(socket.heard(event="customer_wrote")) == 3)
    numbers = [frame["n"] for frame in socket.heard(topic=queue)]
    assert numbers == list(range(begun + 1, begun + 1 + len(numbers)))


async def test_it_repeats_epoch_and_numbers_at_each_heartbeat(people: Cast, open_socket: Open) -> None:
    queue = f"queue:{people.deliveries.pk}"
    socket: Socket = await open_socket(people.ana, queue)
    await aside(complaint, people)
    await socket.hears(kind="ticket")
    socket.frames = [frame for frame in socket.frames if "heartbeat" not in frame]
    beat = (await socket.answers("heartbeat"))["heartbeat"]
    assert beat["n"] == {queue: socket.heard(topic=queue)[-1]["n"]}


async def test_a_queue_that_a_ticket_leaves_gets_only_its_number(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    left: Socket = await open_socket(people.ana, f"queue:{people.deliveries.pk}", f"ticket:{ticket.pk}")
    reached: Socket = await open_socket(people.moira, f"queue:{people.returns.pk}")
    await aside(move_to_team, ticket, people.returns, by=Actor.agent(people.lee), now=NOW)
    await reached.hears(kind="ticket", event="moved", ticket=ticket.pk)
    told = await left.hears(topic=f"queue:{people.deliveries.pk}", kind="left")
    assert set(told) == {"topic", "n", "kind", "ticket"}
    assert left.heard(kind="ticket", event="moved") == []
    # The page of the ticket, which Ana may no longer see, is taken from her with the same change.
    assert (await left.hears(refused=[f"ticket:{ticket.pk}"]))["subscribed"] == []


async def test_it_tells_each_person_what_is_only_theirs(people: Cast, open_socket: Open) -> None:
    ana: Socket = await open_socket(people.ana, "me")
    lee: Socket = await open_socket(people.lee, "me", f"queue:{people.deliveries.pk}")
    ticket = await aside(complaint, people)
    await aside(take, ticket, by=people.ana, now=NOW)
    own = await ana.hears(kind="me", views=["my_open"])
    assert (own["topic"], own["ticket"], own["unread"], own["draft"]) == ("me", ticket.pk, True, False)
    await aside(leave_note, ticket, "Lee, what now?", by=people.ana, now=NOW, mentions=[people.lee.pk])
    assert (await lee.hears(kind="me", views=["mentions"]))["ticket"] == ticket.pk
    await lee.hears(kind="ticket", event="noted")
    assert lee.heard(kind="me", views=["my_open"]) == []


async def test_it_tells_a_persons_other_screens_of_their_draft(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    other: Socket = await open_socket(people.ana, "me")
    await aside(save_draft, ticket, "Dear Nora", by=people.ana, now=NOW)
    assert (await other.hears(kind="me", draft=True))["ticket"] == ticket.pk
    await aside(discard_draft, ticket, by=people.ana)
    await other.hears(kind="me", draft=False)


async def test_it_tells_a_persons_other_screens_how_far_they_have_read(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    other: Socket = await open_socket(people.ana, "me")
    await aside(mark_read, ticket, ticket.version, by=people.ana)
    assert (await other.hears(kind="me", unread=False))["ticket"] == ticket.pk


async def test_an_open_page_hears_when_its_mail_has_left(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    page: Socket = await open_socket(people.ana, f"ticket:{ticket.pk}", f"queue:{people.deliveries.pk}")
    mails = OutgoingMail.objects.filter(ticket=ticket)
    await aside(mails.update, state="sent", due_at=None, sent_at=timezone.now())
    await page.hears(topic=f"ticket:{ticket.pk}", kind="trouble", ticket=ticket.pk)
    page.frames.clear()
    await aside(mails.update, state="bounced")
    await page.hears(topic=f"ticket:{ticket.pk}", kind="trouble", ticket=ticket.pk)


async def test_a_queue_hears_of_mail_in_trouble(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    ana: Socket = await open_socket(people.ana, f"queue:{people.deliveries.pk}")
    moira: Socket = await open_socket(people.moira, f"queue:{people.returns.pk}")
    await aside(OutgoingMail.objects.filter(ticket=ticket).update, state="failed")
    await ana.hears(topic=f"queue:{people.deliveries.pk}", kind="trouble")
    assert moira.heard(kind="trouble") == []


async def test_it_hears_at_once_how_a_customer_rates_us_and_that_they_may_be_won_back(
    people: Cast, open_socket: Open
) -> None:
    ticket = await aside(complaint, people)
    nora = await aside(participant, ticket)
    await aside(say_settled, nora, now=NOW)
    socket: Socket = await open_socket(people.ana, f"ticket:{ticket.pk}")
    await aside(rate, nora, 2, "Ring before you come.", now=timezone.now())
    frame = await socket.hears(kind="ticket", event="rated_low")
    assert frame["words"] == "Nora Whitcombe rated this 2 of 5"
    assert "unhappy_after_closing" in frame["views"]
