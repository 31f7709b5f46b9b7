"""What a mail says and holds, whatever it is wrapped in: its parts, winmail.dat, files in the text, invitations."""

from dataclasses import dataclass, replace

from tickets.mail import quotes
from tickets.mail.reading import limits
from tickets.mail.reading.attachments import read_files, take_uuencoded, with_unique_names
from tickets.mail.reading.bodies import Bodies
from tickets.mail.reading.html_text import names_old_mail, text_from_html
from tickets.mail.reading.invitations import invitation, is_calendar
from tickets.mail.reading.sealed import without_armour
from tickets.mail.reading.tnef import Packed, is_tnef, read_tnef
from tickets.mail.received import MailAttachment


@dataclass(frozen=True, slots=True)
class Contents:
    """`text` is the whole text, `new` what is new in it, `html` as it was sent."""

    text: str
    html: str
    new: str
    files: tuple[MailAttachment, ...]


def read_contents(bodies: Bodies) -> Contents:
    """The contents of a mail; the files of a winmail.dat stand behind it, and it stays."""
    files = read_files(bodies.files, bodies.html)
    if packed := [read_tnef(file.data) for file in files if is_tnef(file)]:
        return with_packed(bodies, files, packed)
    text, uuencoded = take_uuencoded(bodies.text)
    new = new_text(text, bodies.html if bodies.has_plain_text else "")
    return with_invitations(Contents(text, bodies.html, new, with_unique_names([*files, *uuencoded])))


def with_packed(bodies: Bodies, files: list[MailAttachment], packed: list[Packed]) -> Contents:
    """Text and HTML of winmail.dat are those of the mail where it has no words of its own."""
    html = bodies.html or next((one.html for one in packed if one.html), "")
    text = bodies.text if bodies.text.strip() else next((one.text for one in packed if one.text.strip()), "")
    text = text or text_from_html(html)
    shown = [replace(file, inline=shows(html, file.content_id)) for one in packed for file in one.files]
    names = with_unique_names([*files, *shown][: limits.PARTS])
    return with_invitations(Contents(text, html, new_text(text, html if bodies.has_plain_text else ""), names))


def shows(html: str, content_id: str) -> bool:
    return bool(content_id) and f"cid:{content_id}".lower() in html.lower()


def with_invitations(contents: Contents) -> Contents:
    """The texts with a line for each calendar file, so that whoever reads the mail sees what it invites to."""
    calendars = [file for file in contents.files if is_calendar(file)][:3]
    lines = dict.fromkeys(line for file in calendars if (line := invitation(file.data)))
    if not lines:
        return contents
    told = "\n".join(lines)
    text, new = (f"{one}\n\n{told}".strip() for one in (contents.text, contents.new))
    return replace(contents, text=text, new=new)


def new_text(text: str, html: str) -> str:
    """What is new: by the marks that mail programs set in HTML where there are some, else by the words of the text.

    Text that was made from HTML has those marks already.
    """
    if names_old_mail(html) and (marked := text_from_html(html)):
        return quotes.visible(marked)
    return quotes.visible(without_armour(text))
