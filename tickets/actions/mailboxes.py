"""Setting a mailbox: its address, whose it is, and where its mail is fetched from."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from tickets.actions.customers import check_email
from tickets.errors import Invalid
from tickets.models import ImapAccount, Mailbox, Team
from tickets.sealing import seal

PLACE = ("host", "user", "folder")  # another one is another mailbox, read from its beginning
ACCESS = ("sign_in", "token_url", "client_id")
PLAIN = (*PLACE, *ACCESS, "port", "security", "processed_folder", "quarantine_folder")
HOST = re.compile(r"\w(?:[\w.-]*\w)?|[0-9a-fA-F:]+")
LAST = (
    "{team} answers its customers from this address alone. Add another mailbox for {team} first, "
    "or give this one to another team."
)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
SAFE_URL = re.compile(r"https://\S+|http://(?:localhost|127\.0\.0\.1)[:/]\S*")


@dataclass(frozen=True)
class ImapSettings:
    """Where mail is fetched from. An empty `secret` or `client_secret` keeps the one that is there."""

    host: str
    user: str
    port: int = 993
    security: str = ImapAccount.Security.TLS
    sign_in: str = ImapAccount.SignIn.PASSWORD
    secret: str = field(default="", repr=False)
    token_url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    folder: str = "INBOX"
    processed_folder: str = "Processed"
    quarantine_folder: str = "Quarantine"
    is_on: bool = True


@dataclass(frozen=True)
class MailboxSettings:
    """`imap` None: its mail comes by SMTP, a pipe or a provider, and is fetched from nowhere.

    `takes_web_forms`: a web form writes to it, and the customer is whom Reply-To names.
    """

    address: str
    sender_name: str
    team: int
    takes_web_forms: bool = False
    imap: ImapSettings | None = None


@transaction.atomic
def set_mailbox(mailbox: Mailbox | None, said: MailboxSettings, *, now: datetime) -> Mailbox:
    """Make a mailbox, or change one. Raises Invalid, which names the fields."""
    address = check_email("address", said.address).lower()
    mailbox = _still_there(mailbox) if mailbox else _new_or_removed(address)
    mailbox.address, mailbox.removed_at, mailbox.takes_web_forms = address, None, said.takes_web_forms
    mailbox.sender_name = " ".join(said.sender_name.split())
    team = Team.objects.filter(pk=said.team).first()
    if team is None:
        raise Invalid({"team": "This team is not there any more."})
    mailbox.team, mailbox.name = team, mailbox.name or _free_name(mailbox.address)
    try:
        with transaction.atomic():
            mailbox.save()
    except IntegrityError:
        raise Invalid({"address": _taken(address)}) from None
    if said.imap:
        _fetch_from(mailbox, said.imap, now)
    else:
        ImapAccount.objects.filter(mailbox=mailbox).delete()
    return mailbox


@transaction.atomic
def remove_mailbox(mailbox: Mailbox, *, now: datetime) -> None:
    """Take no more mail for it and answer from it no more; what came stays, and its secrets are gone.

    Made again under its address, it goes on where it was. Raises Invalid where its team has no other to answer from.
    """
    of_team = {box.pk: box for box in Mailbox.objects.select_for_update().filter(team=mailbox.team_id).order_by("pk")}
    removed = of_team.pop(mailbox.pk, None)
    if removed is None:  # a colleague was faster
        return
    if not of_team:
        raise Invalid({"mailbox": LAST.format(team=mailbox.team.name)})
    ImapAccount.objects.filter(mailbox=removed).delete()
    removed.removed_at = now
    removed.save(update_fields=["removed_at"])


def _still_there(mailbox: Mailbox) -> Mailbox:
    found = Mailbox.objects.select_for_update().filter(pk=mailbox.pk).first()
    if found is None:
        raise Invalid({"address": "A colleague has removed this mailbox meanwhile. Add it again, if it is needed."})
    return found


def _new_or_removed(address: str) -> Mailbox:
    was = Mailbox.every.select_for_update().filter(address=address).exclude(removed_at=None).first()
    return was or Mailbox()


def _taken(address: str) -> str:
    if Mailbox.objects.filter(address=address).exists():
        return "There is a mailbox with this address already."
    return "There was a mailbox with this address, which was removed. Add it as a mailbox of its own."


def _free_name(address: str) -> str:
    """What `receive_mail --mailbox` calls it."""
    name = slugify(address.partition("@")[0])[:40] or "mailbox"
    taken = set(Mailbox.every.filter(name__startswith=name).values_list("name", flat=True))
    return next(one for one in [name, *(f"{name}-{count}" for count in range(2, 1000))] if one not in taken)


def _fetch_from(mailbox: Mailbox, said: ImapSettings, now: datetime) -> None:
    was = ImapAccount.objects.select_for_update().filter(mailbox=mailbox).first()
    account = drafted(was, said, now)
    if was and account.pk is None:
        was.delete()  # with what was noted of its mails, whose numbers mean others in the new place
    account.mailbox = mailbox
    account.due_at = now if said.is_on else None
    account.claimed_until = None  # whoever fetches at this moment, with the old settings, writes nothing more
    account.attempts = 0
    account.save()


def drafted(was: ImapAccount | None, said: ImapSettings, now: datetime) -> ImapAccount:
    """The account as these settings make it, not saved; a new one where they name another place. Raises Invalid."""
    _check(said)
    moved = was is None or any(getattr(was, name) != getattr(said, name) for name in PLACE)
    account = ImapAccount(activated_at=now) if moved or was is None else was
    if any(getattr(account, name) != getattr(said, name) for name in ACCESS) or said.secret or said.client_secret:
        account.access_token, account.access_token_until = "", None
    _take_secrets(account, was, said)
    for name in PLAIN:
        setattr(account, name, getattr(said, name))
    return account


def _take_secrets(account: ImapAccount, was: ImapAccount | None, said: ImapSettings) -> None:
    """What is kept goes only to the host and the kind of sign-in that it was given for."""
    same = was is not None and all(getattr(was, name) == getattr(said, name) for name in ("host", "user", *ACCESS))
    if said.secret:
        account.secret = seal(said.secret)
    elif was and same:
        account.secret = was.secret
    else:
        raise Invalid({"imap.secret": "Please enter it, since it is not known for this server, user and sign-in."})
    kept = was.client_secret if was and same else ""
    account.client_secret = seal(said.client_secret) if said.client_secret else kept


def _check(said: ImapSettings) -> None:
    wrong = {}
    if not HOST.fullmatch(said.host):
        wrong["imap.host"] = "A host is a name like imap.example.com, without http:// and without a port."
    for name in ("user", "folder", "processed_folder", "quarantine_folder"):
        if not getattr(said, name).strip() or UNPRINTABLE.search(getattr(said, name)):
            wrong[f"imap.{name}"] = "Please fill this in, on one line."
    if said.folder in {said.processed_folder, said.quarantine_folder}:
        wrong["imap.folder"] = "Mail is moved out of this folder, so the others must be other folders."
    if UNPRINTABLE.search(said.secret):
        wrong["imap.secret"] = "This has characters that no password has, such as a line end."
    if said.sign_in == ImapAccount.SignIn.OAUTH:
        if not SAFE_URL.fullmatch(said.token_url):
            wrong["imap.token_url"] = "The token address begins with https://; your provider's help names it."
        if not said.client_id:
            wrong["imap.client_id"] = "Please enter the client's id, which your provider gave you."
    if wrong:
        raise Invalid(wrong)
