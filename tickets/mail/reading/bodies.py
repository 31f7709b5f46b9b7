"""Chooses what of a mail is its text, what is its HTML, and which parts are files (RFC 8621 §4.1.4)."""

import html
from dataclasses import dataclass, field
from functools import cached_property

from tickets.mail.reading import limits
from tickets.mail.reading.charsets import decode
from tickets.mail.reading.flowed import unflow
from tickets.mail.reading.html_text import text_from_html
from tickets.mail.reading.structure import Part

ALTERNATIVE = "multipart/alternative"


@dataclass
class Bodies:
    """The parts of a mail by what they are for; a part may stand in both lists of bodies."""

    texts: list[Part] = field(default_factory=list)
    htmls: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The whole text, HTML parts as text where a mail has no other."""
        pieces = [text_from_html(body_text(part)) if is_html(part) else plain_text(part) for part in self.texts]
        return "\n".join(piece for piece in pieces if piece.strip())[: limits.TEXT_CHARACTERS]

    @property
    def has_plain_text(self) -> bool:
        return any(not is_html(part) for part in self.texts)

    @cached_property
    def html(self) -> str:
        """The HTML as sent, plain parts between as paragraphs; empty where a mail has no HTML."""
        if not any(is_html(part) for part in self.htmls):
            return ""
        pieces = [body_text(part) if is_html(part) else as_html(plain_text(part)) for part in self.htmls]
        return "\n".join(pieces)[: limits.HTML_CHARACTERS]


def find_bodies(root: Part) -> Bodies:
    bodies = Bodies()
    sort_part(root, bodies, first=True, container="", alternative=False)
    return bodies


def sort_part(part: Part, bodies: Bodies, *, first: bool, container: str, alternative: bool) -> None:
    """Puts one part, or the parts in it, where they belong; in an alternative each form counts for itself."""
    if part.children:
        sort_children(part, bodies, alternative=alternative or part.type.main == ALTERNATIVE)
    elif part.type.main.startswith("multipart/") and not part.raw.strip():
        return  # a container of nothing is no file
    elif not is_body(part, first=first, container=container):
        bodies.files.append(part)
    elif alternative:
        (bodies.htmls if is_html(part) else bodies.texts).append(part)
    else:
        bodies.texts.append(part)
        bodies.htmls.append(part)


def sort_children(part: Part, bodies: Bodies, *, alternative: bool) -> None:
    """The parts of a multipart; an alternative that is there in one form only stands for the other as well."""
    texts, htmls = len(bodies.texts), len(bodies.htmls)
    for number, child in enumerate(part.children):
        sort_part(child, bodies, first=number == 0, container=part.type.main, alternative=alternative)
    if part.type.main == ALTERNATIVE:
        new_texts, new_htmls = bodies.texts[texts:], bodies.htmls[htmls:]
        if not new_texts:
            bodies.texts.extend(new_htmls)
        if not new_htmls:
            bodies.htmls.extend(new_texts)


def is_body(part: Part, *, first: bool, container: str) -> bool:
    if part.type.main not in ("text/plain", "text/html", "multipart/mixed", ALTERNATIVE):
        return False
    if part.disposition.main == "attachment":
        return False
    return first or (container != "multipart/related" and not part.file_name)


def is_html(part: Part) -> bool:
    return part.type.main == "text/html"


def body_text(part: Part) -> str:
    return decode(part.data[: limits.BODY_BYTES], part.headers.charset)[: limits.TEXT_CHARACTERS]


def plain_text(part: Part) -> str:
    """The text with LF as its only line end, flowed lines joined (RFC 3676)."""
    text = body_text(part).replace("\r\n", "\n").replace("\r", "\n")
    if part.type.parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.type.parameters.get("delsp", "").lower() == "yes")
    return text


def as_html(text: str) -> str:
    return f'<div style="white-space: pre-wrap">{html.escape(text)}</div>'
