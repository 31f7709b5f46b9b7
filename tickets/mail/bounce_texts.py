"""Reads bounces that are no delivery reports: by headers, by codes beside addresses, by a library of known forms."""

import re
from email import message_from_bytes

from flufl.bounce import all_failures

from tickets.mail.addresses import clean_email, read_all
from tickets.mail.charsets import decode
from tickets.mail.delivery_reports import ADDRESS, ENHANCED, REPLY_CODE, Failure, leaves, permanence
from tickets.mail.headers import Headers
from tickets.mail.html_text import text_from_html
from tickets.mail.identity import read_sender
from tickets.mail.structure import Part

MOST_BYTES = 64 * 1024
MOST_BOUNDARIES = 20
LINES_TO_CODE = 6
DAEMON = re.compile(
    r"mailer-?_?daemon|mail-?_?daemon|postmaster|maildelivery|mail-?_?delivery|mdaemon|\bmtaad?min|smtpd?@", re.I
)
FAILED = re.compile(
    r"undeliver|non-?deliver|not (?:be )?deliver|delivery[ -](?:\w+[ -]){0,3}(?:fail|error|problem|delay|report)"
    r"|fail(?:ure|ed)[ -](?:\w+[ -]){0,2}(?:mail|deliver|notice)|return(?:ed|ing) (?:mail|message|to sender)|mail(?:er)? (?:system )?error"
    r"|could not (?:be )?(?:send|sent|deliver)|bounced? (?:mail|message)|message rejected|unzustellbar|nicht zugestellt|non remis"
    r"|non distribu|non recapitab|mancata consegna|no se (?:ha podido|pudo) entregar|no entregad|não entregue|nao entregue"
    r"|niet (?:worden )?(?:afgeleverd|bezorgd)|onbestelbaar|ej levererat|kunne ikke leveres|недоставлен|не доставлен"
    r"|niedostarcz|nedoručiteln|退信|无法投递|投递失败|配信不能|配信できません|送信できません",
    re.I,
)
RETURNED_FROM = re.compile(
    r"^[ >|]*(?:-{2,}.*(?:original|returned|message|header|copy|unsent|below).*|Received: .*|Return-Path: .*)$",
    re.I | re.M,
)


def read(root: Part, raw: bytes) -> list[Failure]:
    """The failures in a mail that a mail system sent; empty for all other mail."""
    headers = root.headers
    if not looks_like_bounce(headers):
        return []
    text = words(root)
    ours = {one.email.lower() for name in ("to", "from", "reply-to", "sender") for one in read_all(headers.raw(name))}
    found = listed(headers) or beside_codes(text, ours) or known_forms(raw, ours)
    overall = permanence(text)
    return [Failure(one, overall if permanent is None else permanent) for one, permanent in found.items()]


def looks_like_bounce(headers: Headers) -> bool:
    """Whether a mail system says that it sends a failure: by its name, an empty return path, or the subject."""
    if headers.first("x-failed-recipients"):
        return True
    sender = read_sender(headers)
    daemon = bool(DAEMON.search(f"{sender.email} {sender.name} {headers.first('from')[:200]}"))
    empty = any(path.replace(" ", "") == "<>" for path in headers.raw("return-path")[:1])
    return (
        daemon
        or bool(FAILED.search(headers.text("subject")))
        or (empty and "auto-replied" not in headers.first("auto-submitted"))
    )


def words(root: Part) -> str:
    """The report's own text, without the mail that came back."""
    texts = []
    for part in leaves(root)[:10]:
        if part.type.main == "text/html":
            texts.append(text_from_html(decode(part.data[:MOST_BYTES], part.headers.charset)))
        elif part.type.main in ("text/plain", "message/delivery-status"):
            texts.append(decode(part.data[:MOST_BYTES], part.headers.charset))
    text = "\n".join(texts)
    returned = RETURNED_FROM.search(text)
    return text[: returned.start()] if returned and ADDRESS.search(text[: returned.start()]) else text


def listed(headers: Headers) -> dict[str, bool | None]:
    """X-Failed-Recipients, which Exim and Gmail write."""
    return {one.email.lower(): None for one in read_all(headers.raw("x-failed-recipients"))}


def beside_codes(text: str, ours: set[str]) -> dict[str, bool | None]:
    """Addresses in whose line, or within six lines below, stands a status code of failure."""
    lines = text.splitlines()[:2_000]
    found: dict[str, bool | None] = {}
    for number, line in enumerate(lines):
        addresses = [clean_email(one).lower() for one in ADDRESS.findall(line[:1_000])]
        near = "\n".join(lines[number : number + LINES_TO_CODE])[:3_000]
        if addresses and (ENHANCED.search(near) or REPLY_CODE.search(near)):
            found |= {one: permanence(near) for one in addresses if one and one not in ours and one not in found}
    return found


def known_forms(raw: bytes, ours: set[str]) -> dict[str, bool | None]:
    """What flufl.bounce finds. It raises on odd mails, and knows no limits of size or nesting: both are kept here."""
    head = raw[:MOST_BYTES]
    if head.lower().count(b"boundary=") > MOST_BOUNDARIES:
        return {}
    try:
        temporary, permanent = all_failures(message_from_bytes(head))
    except Exception:  # a library of guesses: whatever it stumbles over, the mail is simply not recognised
        return {}
    found: dict[str, bool | None] = {}
    for addresses, bad in ((temporary, False), (permanent, None)):
        for address in addresses:
            email = clean_email(decode(bytes(address))).lower()
            if ADDRESS.fullmatch(email) and email not in ours:
                found.setdefault(email, bad)
    return found
