"""Setting mailboxes, trying them out, and seeing how they do."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.cast import Cast, complaint, desk, reply
from tests.servers import free_port
from tests.story import answer_to
from tests.tickets.mail.arriving import as_received
from tests.tickets.mail.imap.post_office import PostOffice, account, letter, look
from tickets.actions.mailboxes import MailboxSettings, set_mailbox
from tickets.errors import Invalid
from tickets.mail.intake import take_in
from tickets.mail.mailboxes import mailbox_at
from tickets.mail.store import store, unpack
from tickets.models import FetchedMail, ImapAccount, Mailbox, OutgoingMail, RawMail, Ticket
from tickets.sealing import unseal

pytestmark = pytest.mark.django_db
IMAP = {"host": "imap.example.com", "user": "returns", "secret": "a secret of ours"}


def settings(cast: Cast, imap: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "address": "Returns@kintsugi.example",
        "sender_name": "Fernhill",
        "team": cast.returns.pk,
        "imap": imap,
        **more,
    }


def test_it_makes_a_mailbox_and_shows_no_secret(cast: Cast) -> None:
    made = desk(cast.sam).ask("POST", "mailboxes/", settings(cast, IMAP))
    assert made.status_code == 201
    assert "a secret of ours" not in made.content.decode()
    said = made.json()
    assert (said["address"], said["name"], said["team"]["name"]) == ("returns@kintsugi.example", "returns", "Returns")
    assert (said["imap"]["port"], said["imap"]["folder"], said["imap"]["is_on"]) == (993, "INBOX", True)
    kept = ImapAccount.objects.get()
    assert "a secret" not in kept.secret and unseal(kept.secret) == "a secret of ours"
    assert kept.due_at and kept.activated_at


def test_it_says_whether_a_web_form_writes_to_it(cast: Cast) -> None:
    client, path = desk(cast.sam), f"mailboxes/{cast.mailbox.pk}/"
    said = settings(cast, address=cast.mailbox.address, takes_web_forms=True)
    assert client.ask("PUT", path, said).json()["takes_web_forms"] is True
    assert Mailbox.objects.get().takes_web_forms
    assert client.ask("PUT", path, {**said, "takes_web_forms": False}).json()["takes_web_forms"] is False


def test_it_keeps_the_secret_unless_another_is_given(cast: Cast) -> None:
    client = desk(cast.sam)
    made = client.ask("POST", "mailboxes/", settings(cast, IMAP)).json()
    was = ImapAccount.objects.get()
    client.ask("PUT", f"mailboxes/{made['id']}/", settings(cast, {**IMAP, "secret": "", "port": 143}))
    kept = ImapAccount.objects.get()
    assert (kept.pk, kept.secret, kept.port) == (was.pk, was.secret, 143)
    client.ask("PUT", f"mailboxes/{made['id']}/", settings(cast, {**IMAP, "secret": "another"}))
    assert unseal(ImapAccount.objects.get().secret) == "another"


@pytest.mark.parametrize("other", [{"host": "imap.elsewhere.example"}, {"user": "somebody"}, {"sign_in": "oauth"}])
def test_it_gives_a_kept_secret_to_no_other_server(cast: Cast, other: dict[str, str]) -> None:
    client = desk(cast.sam)
    made = client.ask("POST", "mailboxes/", settings(cast, IMAP)).json()
    oauth = {"token_url": "https://login.example.com/token", "client_id": "ours"}
    said = {**IMAP, **oauth, **other, "secret": ""}
    refused = client.ask("PUT", f"mailboxes/{made['id']}/", settings(cast, said))
    tried = client.ask("POST", "mailboxes/trial/", {"mailbox": made["id"], "imap": said})
    for answer in (refused, tried):
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["imap.secret"])
    assert ImapAccount.objects.get().host == "imap.example.com"


def test_another_place_is_read_from_its_beginning(cast: Cast) -> None:
    client = desk(cast.sam)
    made = client.ask("POST", "mailboxes/", settings(cast, IMAP)).json()
    ImapAccount.objects.update(
        uid_validity=5, last_uid=9, fetched=3, stored=3, activated_at=timezone.now() - timedelta(9)
    )
    was = ImapAccount.objects.get()
    client.ask("PUT", f"mailboxes/{made['id']}/", settings(cast, {**IMAP, "folder": "Support", "secret": ""}))
    now = ImapAccount.objects.get()
    assert (now.uid_validity, now.last_uid, now.fetched, now.folder) == (None, 0, 0, "Support")
    assert now.activated_at > was.activated_at and unseal(now.secret) == "a secret of ours"


def test_it_switches_off_and_takes_away(cast: Cast) -> None:
    client = desk(cast.sam)
    made = client.ask("POST", "mailboxes/", settings(cast, IMAP)).json()
    off = client.ask("PUT", f"mailboxes/{made['id']}/", settings(cast, {**IMAP, "is_on": False})).json()
    assert off["imap"]["is_on"] is False and ImapAccount.objects.get().due_at is None
    assert client.ask("PUT", f"mailboxes/{made['id']}/", settings(cast)).json()["imap"] is None
    assert not ImapAccount.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "returns"}, "address"),
        ({"address": "support@kintsugi.example"}, "address"),
        ({"team": 99}, "team"),
        ({"imap": {**IMAP, "host": "http://imap.example.com"}}, "imap.host"),
        ({"imap": {**IMAP, "port": 0}}, "imap.port"),
        ({"imap": {**IMAP, "secret": ""}}, "imap.secret"),
        ({"imap": {**IMAP, "secret": "two\nlines"}}, "imap.secret"),
        ({"imap": {**IMAP, "user": "a\r\nb"}}, "imap.user"),
        ({"imap": {**IMAP, "processed_folder": "INBOX"}}, "imap.folder"),
        (
            {"imap": {**IMAP, "sign_in": "oauth", "client_id": "x", "token_url": "http://evil.example/"}},
            "imap.token_url",
        ),
        ({"imap": {**IMAP, "sign_in": "oauth", "token_url": "https://login.example.com/"}}, "imap.client_id"),
    ],
)
def test_it_names_what_is_wrong(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    refused = desk(cast.sam).ask("POST", "mailboxes/", settings(cast, **wrong))
    assert (refused.status_code, list(refused.json()["fields"])) == (400, [field])
    assert Mailbox.objects.count() == 1


@pytest.mark.parametrize("who", ["ana", "lee"])
def test_it_is_for_administrators_alone(cast: Cast, who: str) -> None:
    client, box = desk(getattr(cast, who)), cast.mailbox.pk
    own = [("PUT", f"{box}/"), ("DELETE", f"{box}/"), ("POST", f"{box}/fetch/")]
    for method, path in [("GET", ""), ("POST", ""), ("POST", "trial/"), *own]:
        assert client.ask(method, f"mailboxes/{path}", settings(cast) if method != "GET" else None).status_code == 404


@pytest.fixture
def here(office: PostOffice) -> dict[str, Any]:
    """Settings that work."""
    return {"host": "127.0.0.1", "port": office.port, "security": "none", "user": office.user, "secret": "secret"}


def test_it_tries_an_account_out_and_changes_nothing(cast: Cast, office: PostOffice, here: dict[str, Any]) -> None:
    office.brings(letter(1))
    verdict = desk(cast.sam).ask("POST", "mailboxes/trial/", {"imap": here}).json()
    assert verdict["is_well"] and verdict["words"] == "It works: there is 1 mail in “INBOX”."
    assert "“Processed” and “Quarantine” will be made" in verdict["advice"] and "unencrypted" in verdict["advice"]
    assert not RawMail.objects.exists() and len(office.lies_in("INBOX")) == 1 and not office.lies_in("Processed")


def test_it_tries_with_the_secret_that_is_kept(cast: Cast, here: dict[str, Any]) -> None:
    client = desk(cast.sam)
    made = client.ask("POST", "mailboxes/", settings(cast, here)).json()
    tried = client.ask("POST", "mailboxes/trial/", {"mailbox": made["id"], "imap": {**here, "secret": ""}})
    assert tried.json()["is_well"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"secret": "other"}, "refused the user"),
        ({"host": "no-such-host.invalid"}, "was not found"),
        ({"port": free_port()}, "refused the connection"),
        ({"folder": "Nowhere"}, "cannot be opened"),
    ],
)
def test_it_says_in_words_what_is_wrong(cast: Cast, here: dict[str, Any], wrong: dict[str, Any], words: str) -> None:
    verdict = desk(cast.sam).ask("POST", "mailboxes/trial/", {"imap": {**here, **wrong}}).json()
    assert not verdict["is_well"] and words in verdict["words"] and verdict["advice"]


def test_it_shows_how_each_mailbox_does(cast: Cast, office: PostOffice) -> None:
    for number, sender in enumerate(["jo@example.com", "jo@example.com", cast.mailbox.address]):
        office.brings(letter(number, sender=sender))
    office.brings(letter(0))
    look(account(cast, office))
    [shown] = desk(cast.sam).get_json("mailboxes/")["results"]
    counted = {name: shown["figures"][name] for name in ("came", "tickets", "replies", "ignored", "held", "waiting")}
    assert counted == {"came": 3, "tickets": 2, "replies": 0, "ignored": 0, "held": 1, "waiting": 0}
    imap = shown["imap"]
    assert (imap["fetched"], imap["stored"], imap["duplicates"]) == (4, 3, 1)
    assert imap["fetched_at"] and imap["trouble"] == ""


def test_it_looks_at_once_when_asked(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office, due_at=timezone.now() + timedelta(hours=1))
    desk(cast.sam).ask("POST", f"mailboxes/{cast.mailbox.pk}/fetch/")
    ours.refresh_from_db()
    assert ours.due_at and ours.due_at <= timezone.now()


def test_a_mailbox_that_cannot_be_read_is_trouble_of_its_team(cast: Cast, office: PostOffice) -> None:
    account(cast, office, failing_since=timezone.now() - timedelta(minutes=6), trouble="It is away.", advice="Wait.")
    for who, count in ((cast.ana, 1), (cast.lee, 1), (cast.moira, 0)):
        client = desk(who)
        assert client.get_json("counts/")["trouble"]["mailboxes"] == count
        shown = client.get_json("mailboxes/unread/")["results"]
        assert [one["trouble"] for one in shown] == ["It is away."] * count
    ImapAccount.objects.update(failing_since=timezone.now() - timedelta(minutes=1))
    assert desk(cast.ana).get_json("counts/")["trouble"]["mailboxes"] == 0


class TestRemoving:
    @pytest.fixture
    def boots(self, cast: Cast) -> Mailbox:
        """A second address of Deliveries."""
        return Mailbox.objects.create(
            name="boots", address="boots@kintsugi.example", team=cast.deliveries, sender_name="Fernhill Boots"
        )

    def remove(self, cast: Cast, box: Mailbox) -> Any:
        return desk(cast.sam).ask("DELETE", f"mailboxes/{box.pk}/")

    def test_what_came_stays_and_its_secret_is_gone(self, cast: Cast, boots: Mailbox, office: PostOffice) -> None:
        for number, sender in enumerate(["jo@example.com", cast.mailbox.address]):
            office.brings(letter(number, sender=sender))
        look(account(cast, office))
        assert self.remove(cast, cast.mailbox).status_code == 204
        assert [one["address"] for one in desk(cast.sam).get_json("mailboxes/")["results"]] == [boots.address]
        assert not ImapAccount.objects.exists()
        held = desk(cast.ana).get_json("quarantine/")["results"]
        assert [one["mailbox"] for one in held] == ["support@kintsugi.example"]
        message = Ticket.objects.get().messages.get()
        assert message.raw_mail and unpack(message.raw_mail) == letter(0).replace(b"\n", b"\r\n")

    def test_mail_to_it_is_refused_and_answers_leave_from_the_other(self, cast: Cast, boots: Mailbox) -> None:
        ticket = complaint(cast, mailbox=cast.mailbox)
        self.remove(cast, cast.mailbox)
        assert mailbox_at(cast.mailbox.address) is None
        sent = OutgoingMail.objects.get(message=reply(ticket, "I am sorry, Nora.", cast.ana))
        assert sent.sender.endswith("<boots@kintsugi.example>") and sent.reply_to.startswith("boots+")

    def test_an_answer_that_is_forwarded_from_it_still_finds_its_ticket(self, cast: Cast, boots: Mailbox) -> None:
        ticket = complaint(cast)
        asked = OutgoingMail.objects.get(message=reply(ticket, "Which tent is it?", cast.ana))
        self.remove(cast, cast.mailbox)
        said = answer_to(as_received(asked), cast.nora, "The Harrow.", "<harrow@example.com>")
        row, _ = store(said.as_bytes(), boots, now=timezone.now())
        assert take_in(row, now=timezone.now()).ticket == ticket

    def test_what_it_sends_itself_is_no_customers(self, cast: Cast, boots: Mailbox) -> None:
        self.remove(cast, cast.mailbox)
        row, _ = store(letter(1, sender=cast.mailbox.address), boots, now=timezone.now())
        assert take_in(row, now=timezone.now()).outcome == "quarantined"

    def test_the_last_address_of_a_team_is_kept(self, cast: Cast, boots: Mailbox) -> None:
        self.remove(cast, boots)
        refused = self.remove(cast, cast.mailbox)
        assert refused.status_code == 400
        assert refused.json()["detail"] == (
            "Deliveries answers its customers from this address alone. Add another mailbox for Deliveries first, "
            "or give this one to another team."
        )
        assert Mailbox.objects.get() == cast.mailbox

    def test_made_again_it_goes_on_where_it_was(self, cast: Cast, boots: Mailbox) -> None:
        row, _ = store(letter(1), boots, now=timezone.now())
        take_in(row, now=timezone.now())
        self.remove(cast, boots)
        client = desk(cast.sam)
        taken = client.ask("PUT", f"mailboxes/{cast.mailbox.pk}/", settings(cast, address=boots.address))
        assert "Add it as a mailbox of its own" in taken.json()["fields"]["address"]
        made = client.ask("POST", "mailboxes/", settings(cast, address=boots.address)).json()
        assert (made["id"], made["team"]["name"], made["figures"]["came"]) == (boots.pk, "Returns", 1)

    def test_who_changes_it_meanwhile_is_told(self, cast: Cast, boots: Mailbox) -> None:
        self.remove(cast, boots)
        with pytest.raises(Invalid, match="A colleague has removed this mailbox meanwhile"):
            set_mailbox(boots, MailboxSettings(boots.address, "Boots", cast.deliveries.pk), now=timezone.now())

    def test_one_that_is_removed_is_not_there_any_more(self, cast: Cast, boots: Mailbox) -> None:
        for status in (204, 404):
            assert self.remove(cast, boots).status_code == status


class TestTheDoctor:
    def examined(self) -> list[str]:
        out = StringIO()
        try:
            call_command("doctor", stdout=out)
        except SystemExit as left:
            assert left.code == 1
        return [line for line in out.getvalue().splitlines() if line.startswith("✗ Mailboxes")]

    @pytest.fixture
    def fetched(self, cast: Cast, office: PostOffice) -> ImapAccount:
        complaint(cast)
        office.brings(letter(1))
        office.brings(letter(2))
        return look(account(cast, office, watched_until=timezone.now()))

    def test_it_is_quiet_where_figures_and_mails_agree(self, fetched: ImapAccount) -> None:
        assert self.examined() == []

    def test_it_names_a_mailbox_that_was_not_read_for_long_and_why(self, fetched: ImapAccount) -> None:
        long_ago = timezone.now() - timedelta(hours=1)
        ImapAccount.objects.update(fetched_at=long_ago)
        assert "support@kintsugi.example was last fetched" in self.examined()[0]
        ImapAccount.objects.update(trouble="The host was not found.")
        assert self.examined()[0].endswith("The host was not found.")
        ImapAccount.objects.update(due_at=None)
        assert self.examined() == []

    def test_it_names_a_mailbox_at_which_nobody_waits(self, fetched: ImapAccount) -> None:
        ImapAccount.objects.update(watched_until=timezone.now() - timedelta(minutes=2))
        assert self.examined() == [
            "✗ Mailboxes: nobody waits for the mail of support@kintsugi.example, which is looked for every "
            "minute; is serve running?."
        ]

    def test_it_names_figures_that_do_not_add_up(self, fetched: ImapAccount) -> None:
        FetchedMail.objects.filter(uid=1).delete()
        assert self.examined() == ["✗ Mailboxes: support@kintsugi.example counts 2 mails as stored, and 1 are noted."]

    def test_it_names_fetched_mails_that_are_gone(self, fetched: ImapAccount) -> None:
        RawMail.objects.filter(subject="Boots 1").delete()
        assert "1 mails that were fetched for support@kintsugi.example are not there any more" in self.examined()[0]
