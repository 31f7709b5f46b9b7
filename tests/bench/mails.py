"""The mails of the workload: plain and HTML of four paragraphs of 60 words, and a file of 20,480 bytes."""

import random
from email.message import EmailMessage
from email.policy import SMTP

WORDS = (
    "parcel week answer driver street box morning again shop told nobody number paid card bank money "
    "still waiting tent pole night rain children home boots size left right label post office queue stood "
    "wrote called asked friday promised "
).split()
ATTACHED = 20_480  # bytes
SUPPORT = "support@kintsugi.example"


def paragraphs(seed: int, count: int = 4, words: int = 60) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=words)).capitalize() + "." for _ in range(count)]


def new_mail(number: int, attached: int = ATTACHED) -> bytes:
    """About 32 KB, each from a sender of its own; `attached` is the size of its file in bytes."""
    return _mail(number, f"Order {number} has not come", f"new-{number}@bench.example", attached).as_bytes(policy=SMTP)


def reply_to(number: int, mail_id: str, subject: str) -> bytes:
    mail = _mail(number, f"Re: {subject}", f"reply-{number}@bench.example")
    mail["In-Reply-To"] = f"<{mail_id}>"
    mail["References"] = f"<new-{number}@bench.example> <{mail_id}>"
    return mail.as_bytes(policy=SMTP)


def sender(number: int) -> str:
    return f"customer{number}@bench.example"


def _mail(number: int, subject: str, message_id: str, attached: int = ATTACHED) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Customer {number} <{sender(number)}>", SUPPORT
    mail["Subject"], mail["Message-ID"] = subject, f"<{message_id}>"
    said = paragraphs(number)
    mail.set_content("\n\n".join(said))
    mail.add_alternative("".join(f"<p>{one}</p>" for one in said), subtype="html")
    if attached:
        data = random.Random(number).randbytes(attached)
        mail.add_attachment(data, maintype="application", subtype="pdf", filename="order.pdf")
    return mail
