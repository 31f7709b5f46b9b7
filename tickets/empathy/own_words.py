"""Blanks out what the customer did not write: quoted lines, the mail they answer, a signature. Places stay the same."""

import re

QUOTED_LINE = re.compile(r"^[ \t]{0,8}(?:>|&gt;).*$", re.M)
MARKED = re.compile(r"[ \t]{0,20}\n\s{0,20}(?:>|&gt;)")
FOLLOWED_BY_QUOTE = re.compile(
    r"^[ \t>]*(?:"
    r"-{2,}[ \t]*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht)"
    r"|on [^\n]{4,200}(?:\n[^\n]{0,120})? wrote:[ \t]*$"
    r"|am [^\n]{4,200}(?:\n[^\n]{0,120})? schrieb[^\n]{0,120}:[ \t]*$"
    r"|_{20,}[ \t]*$"
    r"|(?:from|von): [^\n]{3,200}\n(?:[^\n]{0,200}\n){0,2}?(?:sent|date|to|gesendet|datum|an): "
    r"|-- ?$"
    r")",
    re.I | re.M,
)


def own_words(text: str) -> str:
    """Return a text of the same length in which everything quoted, and a signature after "-- ", is blank."""
    cut = FOLLOWED_BY_QUOTE.search(text)
    while cut and MARKED.match(text, cut.end()):  # these lines say themselves where the quotation ends
        text = text[: cut.start()] + _blank(cut.group()) + text[cut.end() :]
        cut = FOLLOWED_BY_QUOTE.search(text, cut.end())
    if cut:
        text = text[: cut.start()] + _blank(text[cut.start() :])
    return QUOTED_LINE.sub(lambda line: " " * len(line.group()), text)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
