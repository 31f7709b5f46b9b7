"""The complaint form, as a browser without scripts fills it in."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image
from redis.exceptions import RedisError

from tests.cast import Cast
from tickets.actions.files import MOST_BYTES
from tickets.models import Attachment, Message, OutgoingMail, Ticket

TYPED = {
    "text": "The pole of our Harrow 3 snapped on the first night.\r\nBoth children were soaked.",
    "desired_outcome": "A tent we can trust before Skye.",
    "name": "Nora Whitcombe",
    "email": "Nora@whitcombe.example",
}


def photo(name: str = "pole.jpg", colour: str = "red") -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "JPEG")
    return named(name, data.getvalue())


def named(name: str, data: bytes) -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def form_key(client: Client) -> str:
    return str(client.get("/").context["form"]["key"].value())


def error_of(response: object, field: str) -> str:
    errors = response.context["form"].errors[field]  # type: ignore[attr-defined]
    return str(errors[0])


def test_it_takes_a_complaint_with_two_photos_without_scripts(cast: Cast, client: Client) -> None:
    answered = client.post("/", {**TYPED, "key": form_key(client), "files": [photo(), photo("tent.jpg", "blue")]})
    assert answered.status_code == 302
    ticket = Ticket.objects.get()
    message = ticket.messages.get()
    assert (ticket.channel, ticket.team) == ("form", cast.deliveries)
    assert message.text == "The pole of our Harrow 3 snapped on the first night.\nBoth children were soaked."
    assert ticket.subject == "The pole of our Harrow 3 snapped on the first night."
    assert ticket.desired_outcome == TYPED["desired_outcome"]
    assert [(file.filename, file.content_type) for file in message.attachments.all()] == [
        ("pole.jpg", "image/jpeg"),
        ("tent.jpg", "image/jpeg"),
    ]
    assert OutgoingMail.objects.get().kind == "acknowledgement"
    thanks = client.get(answered.url)
    assert f"Your number is {ticket.pk}" in thanks.content.decode()


def test_its_page_runs_no_script_of_its_own_and_names_the_house(cast: Cast, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Fernhill Outfitters" in page
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_a_look_sets_no_cookie(cast: Cast, client: Client) -> None:
    assert not client.get("/").cookies


def test_a_browser_that_keeps_no_cookies_can_complain(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/", TYPED, headers={"Origin": "null"}).status_code == 302


def test_the_same_post_twice_is_one_ticket_and_one_mail(cast: Cast, client: Client) -> None:
    typed = {**TYPED, "key": form_key(client)}
    first, second = client.post("/", {**typed, "files": [photo()]}), client.post("/", {**typed, "files": [photo()]})
    assert first.status_code == second.status_code == 302
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_a_post_without_a_key_is_known_by_its_words(cast: Cast, client: Client) -> None:
    client.post("/", TYPED)
    client.post("/", TYPED)
    assert Ticket.objects.count() == 1


def test_what_was_changed_after_going_back_is_a_complaint_of_its_own(cast: Cast, client: Client) -> None:
    key = form_key(client)
    client.post("/", {**TYPED, "key": key})
    client.post("/", {**TYPED, "key": key, "text": "It was the second pole, I looked again."})
    assert Message.objects.filter(text__contains="second pole").exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "", "Please tell us what happened. A few words are enough."),
        ("text", " \0\r\n ", "Please tell us what happened. A few words are enough."),
        ("text", "x" * 100_001, "This is 100,001 characters long; 100,000 fit. Nothing was lost: please shorten it."),
        ("desired_outcome", "x" * 5001, "This is 5,001 characters long; 5,000 fit."),
        ("name", "", "Please tell us your name"),
        ("name", "N" * 201, "This is 201 characters long; 200 fit."),
        ("email", "", "Please give an address that you read"),
        ("email", "nora at whitcombe", "This is not an email address we can answer"),
        ("email", "nora@whitcombe.example\r\nBcc: all@whitcombe.example", "This is not an email address we can answer"),
        ("email", f"nora@{'ü' * 300}.example", "This is not an email address we can answer"),
    ],
)
def test_it_says_by_the_field_what_is_wrong_and_keeps_the_rest(
    cast: Cast, client: Client, field: str, value: str, sentence: str
) -> None:
    answered = client.post("/", {**TYPED, field: value})
    assert answered.status_code == 422
    assert error_of(answered, field).startswith(sentence)
    page = answered.content.decode()
    assert f'id="id_{field}_error"' in page
    assert f"id_{field}_error" in str(answered.context["form"][field])  # aria-describedby
    assert all(value in page for name, value in TYPED.items() if name not in (field, "text"))
    assert not Ticket.objects.exists()


def test_ten_megabytes_of_text_are_answered_in_words_and_kept(cast: Cast, client: Client) -> None:
    answered = client.post("/", {**TYPED, "text": "A long story. " * 750_000})
    assert answered.status_code == 422
    assert error_of(answered, "text").startswith("This is 10,499,999 characters long; 100,000 fit.")
    assert answered.content.decode().count("A long story.") == 750_000


def test_more_than_a_request_may_hold_is_answered_in_words(cast: Cast, client: Client) -> None:
    answered = client.post("/", {**TYPED, "text": "x" * (13 * 1024 * 1024)})
    assert answered.status_code == 413
    assert "far longer than we can take" in answered.content.decode()


def test_a_request_larger_than_all_files_is_refused_unread(cast: Cast, client: Client) -> None:
    answered = client.post("/", TYPED, CONTENT_LENGTH=str(500 * 1024 * 1024))
    assert answered.status_code == 413
    assert "more than we can take at once" in answered.content.decode()


def test_a_broken_body_is_answered_in_words(cast: Cast, client: Client) -> None:
    answered = client.post("/", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=")
    assert answered.status_code == 400
    assert "arrived in pieces" in answered.content.decode()


def test_hundreds_of_files_are_answered_in_words(cast: Cast, client: Client) -> None:
    answered = client.post("/", {**TYPED, "files": [named(f"{n}.txt", b"x") for n in range(150)]})
    assert answered.status_code == 413
    assert "more files than we can take" in answered.content.decode()


def test_bytes_that_no_database_holds_are_left_out(cast: Cast, client: Client) -> None:
    client.post("/", {**TYPED, "text": "It\0 broke", "name": "No\0ra"})
    assert Message.objects.get().text == "It broke"
    assert Message.objects.get().name == "Nora"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("setup.exe", b"MZ", "is a program, which we cannot take"),
        ("nothing.txt", b"", "is empty"),
        ("film.mov", b"x" * (MOST_BYTES + 1), "up to 10 MB fit"),
    ],
)
def test_one_file_is_left_out_and_the_others_are_kept(
    cast: Cast, client: Client, name: str, data: bytes, sentence: str
) -> None:
    answered = client.post("/", {**TYPED, "files": [photo(), named(name, data)]})
    assert answered.status_code == 422
    page = answered.content.decode()
    assert sentence in page
    assert "pole.jpg" in page
    assert not Ticket.objects.exists()
    tokens = [kept.token for kept in answered.context["files"].kept]
    assert client.post("/", {**TYPED, "kept": tokens}).status_code == 302
    assert [file.filename for file in Attachment.objects.all()] == ["pole.jpg"]


def test_it_keeps_files_while_another_field_is_mended_and_drops_those_removed(cast: Cast, client: Client) -> None:
    answered = client.post("/", {**TYPED, "email": "none", "files": [photo(), photo("tent.jpg", "blue")]})
    first, second = (kept.token for kept in answered.context["files"].kept)
    client.post("/", {**TYPED, "kept": [first, second], "remove": [second], "files": [photo("bag.jpg", "green")]})
    assert [file.filename for file in Attachment.objects.all()] == ["pole.jpg", "bag.jpg"]


def test_an_eleventh_file_is_one_too_many(cast: Cast, client: Client) -> None:
    answered = client.post("/", {**TYPED, "files": [named(f"{n}.txt", b"%d" % n) for n in range(11)]})
    assert len(answered.context["files"].kept) == 10
    assert "“10.txt” is one too many; 10 files fit." in answered.content.decode()


@pytest.mark.parametrize("token", ["", "nonsense", "a\0b", "eyJmaWxlbmFtZSI6IngifQ:1tXyz:abc"])
def test_a_file_that_nobody_sent_is_not_taken(cast: Cast, client: Client, token: str) -> None:
    assert client.post("/", {**TYPED, "kept": [token]}).status_code == 302
    assert not Attachment.objects.exists()


def test_a_machine_that_complains_too_often_is_told_so_and_loses_nothing(cast: Cast, client: Client) -> None:
    for number in range(30):
        client.post("/", {**TYPED, "email": f"n{number}@whitcombe.example"})
    answered = client.post("/", {**TYPED, "email": "one@whitcombe.example"})
    assert answered.status_code == 429
    assert "Nothing was lost: please try again in 10 minutes." in answered.content.decode()
    assert "Both children were soaked." in answered.content.decode()
    assert Ticket.objects.count() == 30


def test_an_address_that_gets_many_mails_is_not_flooded(cast: Cast, client: Client) -> None:
    for number in range(6):
        assert client.post("/", {**TYPED, "text": f"Complaint {number}"}).status_code == 302
    answered = client.post("/", {**TYPED, "text": "Complaint 7"})
    assert answered.status_code == 429
    assert "several times in the past hour" in answered.content.decode()
    assert "Complaint 7" in answered.content.decode()
    assert OutgoingMail.objects.count() == 6


def test_a_counter_that_is_away_turns_nobody_away(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise RedisError

    monkeypatch.setattr(cache, "get_or_set", away)
    assert client.post("/", TYPED).status_code == 302


def test_nobody_takes_complaints_yet(db: None, client: Client) -> None:
    assert client.get("/").status_code == 200
    answered = client.post("/", TYPED)
    assert answered.status_code == 503
    assert "Both children were soaked." in answered.content.decode()


def test_a_look_changes_nothing(cast: Cast, client: Client) -> None:
    client.get("/", TYPED)
    client.head("/", TYPED)
    assert not Ticket.objects.exists()


def test_a_first_sentence_is_the_title_cut_between_words(cast: Cast, client: Client) -> None:
    client.post("/", {**TYPED, "text": "We waited " * 30})
    client.post("/", {**TYPED, "text": "w" * 200})
    short, long = Ticket.objects.order_by("pk").values_list("subject", flat=True)
    assert short == "We waited " * 7 + "We waited…"
    assert long == "w" * 79 + "…"
