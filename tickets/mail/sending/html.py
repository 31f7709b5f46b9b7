"""The HTML of our mails: paragraphs and links, nothing that a mail program could misread, quiet in light and dark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from tickets.mail.quoting import marker
from tickets.models import FOOT

LINK = re.compile(r"https?://[^\s<>\"']+")
COLUMN = 600  # pixels, of the page in frame.html
ENDS = ".,;:!?)"  # of a sentence in which a link stands, seldom of the link
# What a link to a place of ours says, by the beginning of its path and by language: nobody reads a signed address.
PLACES = {
    "/t/": {"en": "Open your page", "de": "Ihre Seite öffnen"},
    "/desk/": {"en": "Open it on the desk"},
    "/account/": {"en": "Choose your password"},
}


@dataclass(frozen=True)
class Piece:
    """Words, or a link with its words."""

    words: str
    link: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph as lines of pieces, or a button: a link to a place of ours that has a line to itself."""

    lines: Sequence[Sequence[Piece]] = ()
    button: Piece | None = None


@dataclass(frozen=True)
class Picture:
    """A picture that the mail brings along, by its Content-ID (RFC 2392); `natural` is its width in pixels, 0 unknown."""

    content_id: str
    filename: str
    natural: int = 0

    @property
    def width(self) -> int:
        """As it is shown: some programs know no style that holds a wide picture back, and would spread it."""
        return min(self.natural or COLUMN, COLUMN)


def page(text: str, locale: str, answered_as: str = "", pictures: Sequence[Picture] = ()) -> str:
    """A mail's text as a page. `answered_as` is the Message-ID that an answer is known by; empty where nobody answers."""
    words, _, foot = text.rpartition(FOOT) if FOOT in text else (text, "", "")
    values: dict[str, object] = {
        "locale": locale,
        "blocks": _blocks(words, locale),
        "foot": [_pieces(line, locale) for line in foot.splitlines()],
        "pictures": pictures,
    }
    if answered_as:
        values |= {"line": line_above(locale), "line_class": marker.HTML_CLASS}
        values["reference"] = marker.reference(answered_as)
    return render_to_string("tickets/mail/frame.html", values)


def line_above(locale: str) -> str:
    """The line to write above, in the language of the mail."""
    return marker.LINES.get(locale, marker.LINE)


def _blocks(text: str, locale: str) -> list[Block]:
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[list[Piece]] = []
        for line in paragraph.splitlines():
            if button := _button(line.strip(), locale):
                found += [Block(lines)] if lines else []
                found.append(Block(button=button))
                lines = []
            else:
                lines.append(_pieces(line, locale))
        found += [Block(lines)] if lines else []
    return found


def _button(line: str, locale: str) -> Piece | None:
    words = _place(line, locale) if LINK.fullmatch(line) else ""
    return Piece(words, line) if words else None


def _place(link: str, locale: str) -> str:
    """What a link to a place of ours says; empty for any other link."""
    path = link.removeprefix(settings.PUBLIC_URL) if link.startswith(f"{settings.PUBLIC_URL}/") else ""
    found = next((words for start, words in PLACES.items() if path.startswith(start)), {})
    return found.get(locale) or found.get("en", "")


def _pieces(line: str, locale: str) -> list[Piece]:
    """The words and links of a line in their order; the template escapes them."""
    pieces, at = [], 0
    for match in LINK.finditer(line):
        link = match[0].rstrip(ENDS)
        pieces += [Piece(line[at : match.start()]), Piece(_place(link, locale) or link, link)]
        at = match.start() + len(link)
    return [piece for piece in [*pieces, Piece(line[at:])] if piece.words]
