"""Which letters there are: what each is for, what its placeholders mean, and which of them it must carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OURS = Path(__file__).parent / "files"
DEFAULT = "en"
CUSTOMERS_LOCALES = ("en", "de")


@dataclass(frozen=True)
class Placeholder:
    """`example` stands for it in a preview; one that `may_be_empty` is written {name?}, and takes its line with it."""

    meaning: str
    example: str
    may_be_empty: bool = False


@dataclass(frozen=True)
class Kind:
    """A letter: `sent` says in a sentence when, `carries` names the placeholders without which it would be useless."""

    key: str
    title: str
    sent: str
    placeholders: Mapping[str, Placeholder]
    carries: tuple[str, ...] = ()
    locales: tuple[str, ...] = (DEFAULT,)
    has_subject: bool = True
    folder: Path = OURS

    @property
    def to_customers(self) -> bool:
        return self.locales == CUSTOMERS_LOCALES


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a letter; other apps add theirs when they are ready."""
    kinds[kind.key] = kind
    return kind


CUSTOMERS = {
    "greeting": Placeholder("“Hello” with their name, or without one that we cannot say.", "Hello Nora Whitcombe,"),
    "name": Placeholder("Their name alone.", "Nora Whitcombe", may_be_empty=True),
    "number": Placeholder("The number of their complaint.", "1204"),
    "page": Placeholder("The link to their own page.", "https://support.example.com/t/1204-0-nora/"),
    "signatory": Placeholder("Who signs for the team.", "Ana Lima"),
    "house": Placeholder("The house’s name, as the mailbox has it.", "Fernhill Outfitters", may_be_empty=True),
}
# Only in letters that follow a person's doing: an acknowledgement quotes nothing of what anybody can type.
SUBJECT = Placeholder(
    "The subject of the conversation: as subject of the letter it keeps both in one thread.", "Re: My tent"
)
HEAR_BY = Placeholder("By when a person of ours answers.", "Friday 15 May, 17:00", may_be_empty=True)


def _to_customers(key: str, title: str, sent: str, carries: tuple[str, ...], **more: Placeholder) -> Kind:
    return register(Kind(key, title, sent, CUSTOMERS | more, carries, CUSTOMERS_LOCALES))


ACKNOWLEDGEMENT = _to_customers(
    "acknowledgement", "Acknowledgement", "At once, when a complaint has come in.", ("number", "page"), hear_by=HEAR_BY
)
HOLDING_UPDATE = _to_customers(
    "holding_update",
    "Holding update",
    "When an agent says that it takes longer, and by when there is news.",
    ("page", "news_by"),
    news_by=Placeholder("By when they hear the next news.", "Friday 15 May, 17:00"),
    subject=SUBJECT,
)
SETTLED = _to_customers("settled", "Is it settled?", "After we resolved a complaint.", ("page",), subject=SUBJECT)
SETTLED_AGAIN = _to_customers(
    "settled_again",
    "Is it settled? Once more",
    "Some days later, where nobody answered the first question.",
    ("page",),
    subject=SUBJECT,
)
LINK = _to_customers("link", "A new link", "When a link was renewed or asked for again.", ("page",))
TOO_LARGE = register(
    Kind(
        "too_large",
        "A mail that was too large",
        "When a mail was fetched that is too large to take in, at most once a day to one sender.",
        {
            **{name: CUSTOMERS[name] for name in ("greeting", "name", "signatory", "house")},
            "size": Placeholder("How large their mail is.", "31 MB"),
            "most": Placeholder("How large a mail may be.", "25 MB"),
            "form": Placeholder("The form for complaints.", "https://support.example.com/", may_be_empty=True),
        },
        ("most",),
        CUSTOMERS_LOCALES,
    )
)
FOOTER = register(
    Kind(
        "footer",
        "Below every reply",
        "Under each reply that a person writes, in small letters.",
        {name: CUSTOMERS[name] for name in ("number", "page", "house")},
        ("number", "page"),
        CUSTOMERS_LOCALES,
        has_subject=False,
    )
)

LINK_IN = Placeholder("The link by which they get in.", "https://support.example.com/account/password/…/")
COLLEAGUE = Placeholder("The colleague’s name.", "Moira Penn")
DAYS = Placeholder("How many days the link opens.", "3")
INVITATION = register(
    Kind(
        "invitation",
        "Invitation to a colleague",
        "When an administrator invites somebody to the desk.",
        {"name": COLLEAGUE, "by": Placeholder("Who invites them.", "Sam Holt"), "link": LINK_IN, "days": DAYS},
        ("link",),
    )
)
PASSWORD = register(
    Kind(
        "password",
        "A new password",
        "When somebody of ours has forgotten theirs.",
        {"name": COLLEAGUE, "link": LINK_IN, "days": DAYS},
        ("link",),
    )
)
MENTION = register(
    Kind(
        "mention",
        "Mentioned in a note",
        "When a note names a colleague who is not at the desk.",
        {
            "name": COLLEAGUE,
            "by": Placeholder("Who wrote the note.", "Ana Lima"),
            "number": Placeholder("The ticket’s number.", "1204"),
            "link": Placeholder("The ticket on the desk.", "https://support.example.com/desk/tickets/1204"),
        },
        ("number", "link"),
    )
)
