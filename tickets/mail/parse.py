"""Reads the bytes of a mail into an `IncomingMail`: never raises, never slow, loses nothing that limits allow."""

from tickets.mail import bounces
from tickets.mail.quoting import marker
from tickets.mail.reading import limits, reports
from tickets.mail.reading.automatic import automatic_reason, is_from_system, sounds_away
from tickets.mail.reading.bodies import Bodies, find_bodies
from tickets.mail.reading.charsets import decode
from tickets.mail.reading.contents import read_contents
from tickets.mail.reading.dates import read_date
from tickets.mail.reading.headers import Headers
from tickets.mail.reading.identity import (
    read_ids,
    read_list,
    read_message_id,
    read_recipients,
    read_references,
    read_sender,
    read_technical_sender,
)
from tickets.mail.reading.sealed import seal
from tickets.mail.reading.structure import Part, Splitter
from tickets.mail.received import IncomingMail, Seal

LOOP_HEADER = "x-kintsugi-loop"


def parse(raw: bytes) -> IncomingMail:
    """The mail in the bytes. Whatever fails on the way, the answer holds the text and a note that says so."""
    splitter = Splitter(raw[: limits.RAW_BYTES])
    try:
        root = splitter.split()
        return read(raw, root, splitter.notes)
    except Exception as error:  # the promise: a mail that breaks us is still shown to an agent
        return unreadable(raw, f"the mail could not be taken apart ({type(error).__name__}); this is its source")


def read(raw: bytes, root: Part, notes: list[str]) -> IncomingMail:
    headers = root.headers
    bodies = find_bodies(root)
    contents = read_contents(bodies)
    sender = read_sender(headers)
    reason = automatic_reason(headers, root.type.main, root.type.parameters.get("report-type", ""), sender.email)
    return IncomingMail(
        from_email=sender.email,
        from_name=sender.name,
        sender_email=read_technical_sender(headers).email,
        to=read_list(headers, "to"),
        cc=read_list(headers, "cc"),
        reply_to=read_list(headers, "reply-to"),
        recipients=read_recipients(headers),
        subject=headers.text("subject")[: limits.SUBJECT_CHARACTERS],
        message_id=read_message_id(headers, raw),
        in_reply_to=next(iter(read_ids(headers.first("in-reply-to"))), ""),
        references=read_references(headers),
        quoted_references=marker.references_in(contents.html),
        date=read_date(headers.first("date")),
        text=contents.text,
        html=contents.html,
        reply_text=contents.new,
        attachments=contents.files,
        automatic=bool(reason),
        automatic_reason=reason,
        away=sounds_away(headers.text("subject")),
        from_system=is_from_system(headers, sender.email),
        bounce=bounces.read_part(root, raw),
        report=reports.read(root),
        auth_results=tuple(headers.raw("authentication-results")),
        our_loop_header=headers.first(LOOP_HEADER),
        seal=seal(root, contents.text),
        notes=tuple(notes + caps_hit(raw, headers, bodies)),
    )


def caps_hit(raw: bytes, headers: Headers, bodies: Bodies) -> list[str]:
    """The limits that cut something off, in words."""
    cut = {
        f"only the first {limits.RAW_BYTES} bytes were read": len(raw) > limits.RAW_BYTES,
        f"only the first {limits.HEADER_LINES} header lines were read": len(headers.fields) >= limits.HEADER_LINES,
        f"only the first {limits.TEXT_CHARACTERS} characters of text": len(bodies.text) >= limits.TEXT_CHARACTERS,
        f"only the first {limits.HTML_CHARACTERS} characters of HTML": len(bodies.html) >= limits.HTML_CHARACTERS,
    }
    return [note for note, hit in cut.items() if hit]


def unreadable(raw: bytes, note: str) -> IncomingMail:
    """The source as text, with what the headers still say left out."""
    empty = Headers(())
    text = decode(raw[: limits.TEXT_CHARACTERS])
    return IncomingMail(
        from_email="", from_name="", sender_email="", to=(), cc=(), reply_to=(), recipients=(), subject="",
        message_id=read_message_id(empty, raw), in_reply_to="", references=(), quoted_references=(), date=None, text=text,
        html="", reply_text=text, attachments=(), automatic=False, automatic_reason="", away=False, from_system=False,
        bounce=None, report=None, auth_results=(), our_loop_header="", seal=Seal.NONE, notes=(note,),
    )  # fmt: skip
