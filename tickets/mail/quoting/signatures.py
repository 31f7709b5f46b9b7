"""Finds what stands below a message and is no part of it: signatures, programs' own lines, disclaimers."""

import re

from tickets.mail.quoting.marks import either, is_quoted, plain
from tickets.mail.quoting.phrases import LANGUAGES

DELIMITER = re.compile(r"--\s{0,2}")  # RFC 3676 §4.3; the blank is often lost
UNDERSCORES = re.compile(r"_{2,}\s*")
MOST_SIGNATURE_LINES = 25
MOST_FOOTER_LINES = 8
ORNAMENT = re.compile("[\\s>]*[-_*#~=+.\u1427]{1,80}[\\s\u200b]*")
LINKS = re.compile(r"\(?<?https?://\S*|[\[\]<>()*_]")
SENT_FROM = re.compile(rf"\W{{0,3}}({either(one for each in LANGUAGES for one in each.sent_from)})(.{{0,90}})", re.I)
OWN = re.compile(
    r"\b(?:my|meinem|meiner|mon|ma|mi|mio|mia|meu|minha|mijn|min|mitt|mit|moj\w+|mého|môjho|моего|моей|мого|minun|phone)\b",
    re.I,
)
DEVICE = re.compile(
    r"i?phon|i?pad\b|ipod|android|samsung|galaxy|huawei|xiaomi|nokia|htc|pixel|blackberry|mobil|handy|tablet|outlook|mail\b|mailbox"
    r"|yahoo|gmail|windows|spark|proton|tuta|fairemail|почт|пошт|device|gerät|cell|móvil|celular|telef|cellulare|смартфон|телефон|айфон|gsm|komórk|telco",
    re.I,
)
TALK = re.compile(r"(?:\S+\s+){4,}\S+[.?!]\s*$")
SCANNED = re.compile(  # what virus scanners and free mail providers put below other people's words
    r"\W*(?:(?:virus-?free|virenfrei|virusvrij|libre de virus|sin virus|sans virus|privo di virus"
    r"|livre de vírus|без вирусов|wolny od wirusów|bez virů)\b.{0,60}|.{0,60}\b(?:avast|avg)\b.{0,80}|www\.(?:avast|avg)\.com\S*"
    r"|yahoo mail: search, organi[sz]e, conquer)\W*",
    re.I,
)
EXCUSE = re.compile(r"excuse|pardon|forgive|brevity|typo|tippfehler|fautes|errores", re.I)
DISCLAIMER = re.compile(
    r"confidential|privileged|intended (?:solely |only )?for|intended recipient|vertraulich|confidentiel|confidencial|riservat"
    r"|vertrouwelijk|konfidenti|fortrolig|poufn|důvěrn|конфиденциальн|機密|保密",
    re.I,
)
ADDRESSEE = re.compile(
    r"recipient|addressee|addressed|in error|delete|empfänger|irrtümlich|destinat|par erreur|por error|per errore|por engano"
    r"|geadresseerde|ontvanger|mottagar|mottaker|modtager|adresat|получател|адресат",
    re.I,
)


def without_signature(lines: list[str]) -> list[str]:
    """The lines without what follows the writer's words; unchanged where nothing else would be left."""
    kept = trimmed(lines)
    for _ in range(5):
        shorter = trimmed(below_cut(kept))
        if not has_words(shorter) or len(shorter) == len(kept):
            return kept
        kept = shorter
    return kept


def below_cut(lines: list[str]) -> list[str]:
    """The lines above the lowest thing that is no part of the message."""
    for pattern, most in ((DELIMITER, MOST_SIGNATURE_LINES), (UNDERSCORES, MOST_FOOTER_LINES)):
        start = last_match(lines, pattern, most)
        if start and has_words(lines[:start]) and not goes_on_talking(lines, start):
            return lines[:start]
    end = len(lines)
    while end > 1 and (
        not lines[end - 1].strip()
        or is_sent_from(lines[end - 1])
        or SCANNED.fullmatch(plain(lines[end - 1]))
        or ORNAMENT.fullmatch(lines[end - 1])
    ):
        end -= 1
    if end < len(lines):
        return lines[:end]
    return lines[: disclaimer_start(lines)]


def goes_on_talking(lines: list[str], start: int) -> bool:
    """Whether a line drawn below a greeting is followed by the message itself, in sentences."""
    above = " ".join(lines[:start]).split()
    return len(above) < 4 and any(TALK.search(line) for line in lines[start + 1 :])


def last_match(lines: list[str], pattern: re.Pattern[str], most: int) -> int:
    """The lowest line of the pattern that has at most so many lines with words below; 0 for none."""
    words = 0
    for number in range(len(lines) - 1, 0, -1):
        if lines[number].startswith(("--", "__")) and pattern.fullmatch(plain(lines[number])):
            return number
        words += bool(lines[number].strip()) and not is_quoted(lines[number])
        if words > most:
            return 0
    return 0


def is_sent_from(line: str) -> bool:
    """Whether a mail program wrote the line about itself, such as "Sent from my phone"."""
    shown = " ".join(LINKS.sub(" ", plain(line)).split())
    found = SENT_FROM.fullmatch(shown)
    if not found:
        return False
    rest = found[2]
    if "," in rest and not EXCUSE.search(rest):
        return False
    words = len(EXCUSE.split(rest)[0].split())
    return (words <= 6 and bool(OWN.search(shown))) or (words <= 10 and bool(DEVICE.search(shown)))


def disclaimer_start(lines: list[str]) -> int:
    """Where a legal paragraph at the end begins; the number of lines where there is none."""
    start = len(lines)
    while start > 0 and lines[start - 1].strip():
        start -= 1
    paragraph = " ".join(lines[start:])
    if start and len(paragraph) > 120 and DISCLAIMER.search(paragraph) and ADDRESSEE.search(paragraph):
        return start
    return len(lines)


def trimmed(lines: list[str]) -> list[str]:
    """The lines without blank ones at both ends."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]


def has_words(lines: list[str]) -> bool:
    """Whether anything is said that is not quoted."""
    return any(line.strip() and not is_quoted(line) for line in lines)
