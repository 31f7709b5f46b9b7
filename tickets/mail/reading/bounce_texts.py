"""Reads bounces that are no delivery reports: by headers, by codes beside addresses, by a library of known forms."""

import re
from email import message_from_bytes

from flufl.bounce import all_failures

from tickets.mail.reading.addresses import clean_email, read_all
from tickets.mail.reading.automatic import has_empty_path
from tickets.mail.reading.charsets import decode
from tickets.mail.reading.delivery_reports import ADDRESS, ENHANCED, REPLY_CODE, Failure, leaves, permanence
from tickets.mail.reading.headers import Headers, read_headers
from tickets.mail.reading.html_text import text_from_html
from tickets.mail.reading.identity import read_sender
from tickets.mail.reading.structure import Part

RETURNED = ("message/rfc822", "text/rfc822-headers")
MOST_BYTES = 64 * 1024
MOST_BOUNDARIES = 20
MOST_LINES = 2_000
LINES_TO_CODE = 6
LINES_OF_REPORT = 60
DAEMON = re.compile(
    r"mailer[-_ .]?daemon|mail[-_ .]?daemon|postmaster|mail[-_ .]?delivery|delivery[-_ .]?(?:sub)?system|mdaemon"
    r"|system administrator",
    re.I,
)
FAILED = re.compile(
    r"undeliver|non-?deliver|not (?:be )?deliver|delivery[ -](?:\w+[ -]){0,3}(?:fail|error|problem|delay|report)"
    r"|fail(?:ure|ed)[ -](?:\w+[ -]){0,2}(?:mail|deliver|notice)|return(?:ed|ing) (?:mail|message|to sender)"
    r"|mail(?:er)? (?:system )?error|could not (?:be )?(?:send|sent|deliver)|bounced? (?:mail|message)|message rejected"
    r"|unzustellbar|nicht zugestellt|non remis|non distribu|mancata consegna|no se (?:ha podido|pudo) entregar"
    r"|no entregad|n[aã]o entregue|niet (?:worden )?(?:afgeleverd|bezorgd)|onbestelbaar|ej levererat"
    r"|non d[ée]livr|n'a pas pu être (?:remis|délivré|distribué)|(?:no|não) (?:se )?(?:pudo|pôde)(?: ser)? entreg|mancato recapito"
    r"|non è stato (?:recapitato|consegnato)|kon niet worden (?:bezorgd|afgeleverd)|nie udało się dostarczyć|nie (?:dostarczono|doręczono)"
    r"|kunde inte levereras|ei voitu toimittaa|nem (?:kézbesíthető|sikerült kézbesíteni)|kézbesíthetetlen|nebyla? doručen|iletilemedi"
    r"|teslim edilemedi|nu a putut fi livrat|δεν παραδόθηκε|не (?:може|удалось) (?:быть )?(?:доставлен|доставить)"
    r"|kunne ikke leveres|не ?доставлен|niedostarcz|nedoručiteln|退信|无法投递|投递失败|配信不能|配信できません|送信できません|メールエラー",
    re.I,
)
RETURNED_FROM = re.compile(
    r"^[ >|]*(?:-{2,}.*(?:original|returned|copy|unsent|below).*|Received: .*|Return-Path: .*"
    r"|(?:original message|message headers|message header) follows?.*|below is a copy.*)$",
    re.I | re.M,
)
REPORT_LINE = re.compile(
    r"^ *-{3,} *(?:.*returned (?:mail|message)|.*copy of|.*undelivered|failed recipients|non-?delivery)", re.I | re.M
)
QUOTED_FIELD = re.compile(r"\s*(?:to|cc|from|subject|sent|reply-to|message-id|in-reply-to|sender)\s*:", re.I)
ADVICE = re.compile(r"contact|help|assist|question|support|abuse|https?:|please", re.I)
FOR_GOOD = re.compile(
    r"permanent|fatal error|user (?:is )?(?:unknown|not found)|unknown (?:user|recipient|address)|no such (?:user|address|mailbox)"
    r"|(?:user|mailbox|account|address|domain|host|recipient)\b[^.\n]{0,40}(?:does not exist|doesn't (?:exist|have)|not found|not exist"
    r"|not recogni[sz]ed|no longer|disabled|inactive|suspended|unavailable)|recipient not found|invalid (?:recipient|address|mailbox)"
    r"|unroute?able address|not (?:a )?(?:listed|valid) (?:in|recipient|address|user)|access denied|(?:not|n't) have permission"
    r"|n'existe pas|(?:no|não|non) exist[ei]|inesistente|non esiste|inexistente|existiert nicht|bestaat niet|nie istnieje|neexistuje"
    r"|finns inte|fin(?:de|ne)s ikke|ei ole olemassa|nem létezik|nu există|bulunamadı|δεν υπάρχει|не (?:найден|існує)"
    r"|unbekannt|inconnu|desconocid|sconosciut|onbekend|не существует|不存在|存在しません|見つかりません",
    re.I,
)
FOR_NOW = re.compile(
    r"temporar|delayed|still being retried|will (?:be )?(?:re-?tried|retry|keep trying|continue to)|vorübergehend|verzögert|temporaire|temporal"
    r"|一時的|временн",
    re.I,
)
STILL_TRIED = re.compile(
    r"still being retried|will (?:be )?(?:re-?tried|retry|keep trying|continue to)|(?:attempts|retries) will continue"
    r"|not (?:yet )?been delivered yet|not yet been delivered|wird weiterhin versucht|noch nicht zugestellt"
    r"|pas encore (?:été )?(?:remis|distribué|délivré)|todavía no se ha (?:podido )?entreg",
    re.I,
)


def read(root: Part, raw: bytes) -> list[Failure]:
    """The failures in a mail that a mail system sent; empty for all other mail."""
    headers = root.headers
    if not sent_by_machine(root):
        return []
    text = words(root)
    ours = {one.email.lower() for name in ("to", "from", "reply-to", "sender") for one in read_all(headers.raw(name))}
    found = listed(headers)
    if not found and speaks_of_failure(headers.text("subject"), text):
        found = beside_codes(text, ours)
    found = found or known_forms(raw, ours)
    told = has_empty_path(headers) and FAILED.search(headers.text("subject"))  # else it may be of somebody who is away
    if not found and (from_daemon(headers) or told):
        found = named(text, ours) or addressed(root)
    overall = said(text)
    classes = {one: overall if permanent is None else permanent for one, permanent in found.items()}
    return [Failure(one, bad, not bad and is_still_tried(text)) for one, bad in classes.items()]


def is_still_tried(text: str) -> bool:
    """Whether it says that the mail is late and the other server goes on trying."""
    return bool(STILL_TRIED.search(text[:MOST_BYTES]))


def said(text: str) -> bool | None:
    """Whether the failure is for good: by the first code, else by the words; None when the text does not say."""
    coded = permanence(text)
    if coded is not None:
        return coded
    if FOR_NOW.search(text):
        return False
    return True if FOR_GOOD.search(text) else None


def sent_by_machine(root: Part) -> bool:
    """Whether a mail system sent it: by its name, an empty return path, or headers that only machines write.

    The subject alone proves nothing: people write about deliveries that failed.
    """
    headers = root.headers
    marked = bool(headers.first("x-failed-recipients") or headers.first("auto-submitted"))
    if marked or root.type.main == "multipart/report" or has_empty_path(headers) or from_daemon(headers):
        return True
    return bool(FAILED.search(headers.text("subject"))) and holds_returned_mail(root)


def holds_returned_mail(root: Part) -> bool:
    """Whether a mail came back in it, as a part or below a line that says so."""
    return any(part.type.main in RETURNED for part in leaves(root)) or bool(REPORT_LINE.search(words(root)))


def from_daemon(headers: Headers) -> bool:
    """Whether the sender is named as mail systems are."""
    sender = read_sender(headers)
    return bool(DAEMON.search(f"{sender.email} {sender.name} {headers.first('from')[:200]}"))


def speaks_of_failure(subject: str, text: str) -> bool:
    return any(pattern.search(part) for pattern in (FAILED, FOR_GOOD, ENHANCED) for part in (subject, text))


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
        if QUOTED_FIELD.match(line):
            continue
        near = "\n".join(lines[number : number + LINES_TO_CODE])[:3_000]
        if addresses and (ENHANCED.search(near) or REPLY_CODE.search(near)):
            found |= {one: permanence(near) for one in addresses if one and one not in ours and one not in found}
    return found


def named(text: str, ours: set[str]) -> dict[str, bool | None]:
    """Addresses in the report's own words, without those that offer help."""
    if not speaks_of_failure("", text):
        return {}
    lines = [line for line in text.splitlines() if line.strip()][:LINES_OF_REPORT]
    spoken = [line[:1_000] for line in lines if not QUOTED_FIELD.match(line) and not ADVICE.search(line)]
    found = [clean_email(one).lower() for line in spoken for one in ADDRESS.findall(line)]
    return {one: None for one in found if one and one not in ours}


def addressed(root: Part) -> dict[str, bool | None]:
    """To whom the returned mail was addressed, where the report shows it and its subject speaks of a failure."""
    if not FAILED.search(root.headers.text("subject")):
        return {}
    for part in leaves(root):
        if part.type.main in RETURNED:
            data = part.data[:MOST_BYTES]
            headers, _ = read_headers(data, 0, len(data), top=True)
            return {one.email.lower(): None for one in read_all(headers.raw("to"))}
    return {}


def known_forms(raw: bytes, ours: set[str]) -> dict[str, bool | None]:
    """What flufl.bounce finds. It raises on odd mails, and knows no limits of size or nesting: both are kept here."""
    head = b"\n".join(raw[:MOST_BYTES].split(b"\n", MOST_LINES)[:MOST_LINES])
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
