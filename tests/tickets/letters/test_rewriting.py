"""The house rewords its letters: in force at once, refused when wrong, taken back when wished."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW, Cast, complaint, desk, participant
from tickets.actions.letters import ask_settled
from tickets.actions.rewriting import OVERTAKEN, drop_letter, rewrite_letter
from tickets.errors import Invalid, NotAllowed, TooLate
from tickets.letters import kinds
from tickets.letters.filling import Text
from tickets.letters.in_force import in_force
from tickets.models import Letter, OutgoingMail, Team

pytestmark = pytest.mark.django_db
KIND = kinds.ACKNOWLEDGEMENT
OURS = Text("We have it: {number}", "{greeting}\n\nOur own words. {page} {number}")
GERMAN = "Guten Tag, ich habe das Zelt bestellt und es ist noch immer nicht da. Wann kommt es denn nun endlich?"


def rewrite(cast: Cast, text: Text = OURS, team: Team | None = None, seen: int | None = None, **more: Any) -> Letter:
    return rewrite_letter(KIND, more.pop("locale", "en"), team, text, seen=seen, by=cast.sam, now=NOW, **more)


def acknowledged(cast: Cast, **fields: Any) -> OutgoingMail:
    ticket = complaint(cast, email=f"jo{OutgoingMail.objects.count()}@example.com", **fields)
    return OutgoingMail.objects.get(ticket=ticket)


def test_it_is_in_force_from_the_next_mail_on(cast: Cast) -> None:
    assert "thank you for telling us" in acknowledged(cast).text
    rewrite(cast)
    mail = acknowledged(cast)
    assert "Our own words." in mail.text and mail.subject == f"We have it: {mail.ticket_id}"


def test_a_team_has_its_own_words_and_another_has_those_of_the_house(cast: Cast) -> None:
    rewrite(cast)
    rewrite(cast, Text("Returned", "Returns speaks. {page} {number}"), cast.returns)
    assert "Returns speaks." in acknowledged(cast, team=cast.returns).text
    assert "Our own words." in acknowledged(cast).text


def test_a_customer_is_written_to_in_their_language(cast: Cast) -> None:
    mail = acknowledged(cast, text=GERMAN)
    assert mail.locale == "de" and "danke, dass Sie es uns sagen" in mail.text
    assert mail.text.startswith("Guten Tag Nora Whitcombe,")
    rewrite(cast)  # English only
    assert "danke, dass Sie es uns sagen" in acknowledged(cast, text=GERMAN).text


def test_a_letter_can_stay_in_the_thread_of_the_conversation(cast: Cast) -> None:
    ticket = complaint(cast, subject="My {name} tent", message_id="first@example.com")
    text = Text("{subject}", "{greeting}\n\nIs it settled?\n\n{page}")
    rewrite_letter(kinds.SETTLED, "en", None, text, seen=None, by=cast.sam, now=NOW)
    ask_settled(ticket, participant(ticket), "one", again=False, now=NOW)
    assert OutgoingMail.objects.latest("pk").subject == "Re: My {name} tent"


def test_an_acknowledgement_cannot_quote_what_anybody_can_type(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        rewrite(cast, Text("{subject}", "{greeting}\n\n{number}\n\n{page}"))
    assert "There is no {subject} in this letter" in refused.value.fields["subject"]


def test_what_is_wrong_is_refused_and_what_was_in_force_stays(cast: Cast) -> None:
    first = rewrite(cast)
    with pytest.raises(Invalid) as refused:
        rewrite(cast, Text("", "Hi {nmae}\n{number}"), seen=first.pk)
    assert refused.value.fields["subject"] == "A letter needs a subject."
    assert refused.value.fields["body"].startswith("Line 1: There is no {nmae} in this letter; {name} is meant")
    assert "Line 2: The letter has lost {page}" in refused.value.fields["body"]
    assert in_force(KIND.key, "en", None) == OURS


def test_every_version_is_kept_and_says_who_and_when(cast: Cast) -> None:
    first = rewrite(cast)
    again = rewrite(cast, seen=first.pk)
    assert again == first  # the same words are no new version
    second = rewrite(cast, Text(OURS.subject, OURS.body + "\n\nMore."), seen=first.pk)
    first.refresh_from_db()
    assert (first.replaced_at, second.replaced_at, second.changed_by) == (NOW, None, "Sam Holt")
    drop_letter(KIND, "en", None, seen=second.pk, by=cast.sam, now=NOW + timedelta(days=1))
    assert "thank you for telling us" in in_force(KIND.key, "en", None).body
    assert Letter.objects.count() == 2


def test_two_who_reword_it_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    first = rewrite(cast)
    with pytest.raises(TooLate, match="Somebody has changed this letter"):
        rewrite(cast, Text(OURS.subject, OURS.body + " Late."))
    with pytest.raises(TooLate):
        drop_letter(KIND, "en", None, seen=None, by=cast.sam, now=NOW)
    assert in_force(KIND.key, "en", None) == Text(first.subject, first.body)


def test_only_an_administrator_rewords_letters(cast: Cast) -> None:
    for person in (cast.ana, cast.lee):
        with pytest.raises(NotAllowed):
            rewrite_letter(KIND, "en", None, OURS, seen=None, by=person, now=NOW)
        with pytest.raises(NotAllowed):
            drop_letter(KIND, "en", None, seen=None, by=person, now=NOW)
    with pytest.raises(Invalid, match="written in en, de"):
        rewrite(cast, locale="fr")


def test_letters_cost_an_acknowledgement_no_query_of_its_own(cast: Cast, django_assert_num_queries: Any) -> None:
    in_force(KIND.key, "en", None)
    with django_assert_num_queries(0):
        in_force(KIND.key, "en", cast.returns.pk)


@pytest.fixture
def path() -> Iterator[str]:
    yield f"letters/{KIND.key}/"


def test_the_screen_shows_every_letter_with_what_its_placeholders_mean(cast: Cast) -> None:
    rewrite(cast, team=cast.returns)
    answered = desk(cast.sam).get_json("letters/")
    found = {letter["key"]: letter for letter in answered["results"]}
    assert {"acknowledgement", "holding_update", "settled", "footer", "raised", "invitation"} <= set(found)
    assert found["acknowledgement"]["reworded"] == [{"locale": "en", "team": cast.returns.pk}]
    placeholders = {one["name"]: one for one in found["acknowledgement"]["placeholders"]}
    assert placeholders["page"]["must_stand"] and placeholders["hear_by"]["may_be_empty"]
    assert [team["name"] for team in answered["teams"]] == ["Deliveries", "Returns"]


def test_the_screen_saves_previews_and_goes_back(cast: Cast, path: str) -> None:
    client = desk(cast.sam)
    shown = client.get_json(path, locale="en")
    assert (shown["source"], shown["in_force"], shown["versions"]) == ("shipped", None, [])
    said = {"locale": "en", "team": None, "subject": "Hi", "body": "{greeting} {page} {number}"}
    preview = client.ask("POST", f"{path}preview/", {**said, "body": "{greeting}\n{pgae}"}).json()
    assert preview["text"].startswith("Hello Nora Whitcombe,")
    assert [(fault["field"], fault["line"]) for fault in preview["faults"]] == [("body", 2), ("body", 2), ("body", 2)]
    saved = client.ask("PUT", path, {**said, "seen": None}).json()
    assert (saved["source"], saved["versions"][0]["changed_by"]) == ("house", "Sam Holt")
    team = client.get_json(path, locale="en", team=cast.returns.pk)
    assert (team["source"], team["in_force"], team["subject"]) == ("house", None, "Hi")
    assert client.ask("PUT", path, {**said, "subject": "Hi you", "seen": None}).json()["detail"] == OVERTAKEN
    refused = client.ask("PUT", path, {**said, "body": "No link", "seen": saved["in_force"]})
    assert refused.status_code == 400 and "has lost {page}" in refused.json()["fields"]["body"]
    back = client.ask("DELETE", f"{path}?locale=en&seen={saved['in_force']}").json()
    assert (back["source"], back["in_force"], len(back["versions"])) == ("shipped", None, 1)


def test_the_page_in_the_frame_runs_nothing(cast: Cast, path: str) -> None:
    page = desk(cast.sam).get(f"/api/{path}page/", {"locale": "de", "body": "<script>x</script>\n\n{page}"})
    assert page["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    html = page.content.decode()
    assert "&lt;script&gt;" in html and "Ihre Seite öffnen" in html


def test_a_supervisor_reads_them_and_an_agent_learns_nothing(cast: Cast, path: str) -> None:
    said = {"locale": "en", "team": None, "subject": "Hi", "body": "{page} {number}", "seen": None}
    assert desk(cast.lee).get_json(path)["source"] == "shipped"
    assert desk(cast.lee).ask("PUT", path, said).status_code == 403
    for way in ("letters/", path, f"{path}page/", "letters/nothing/"):
        assert desk(cast.ana).get(f"/api/{way}").status_code == 404
    assert desk(cast.sam).get("/api/letters/nothing/").status_code == 404
    assert desk(cast.sam).ask("PUT", path, {**said, "team": 4711}).status_code == 400
