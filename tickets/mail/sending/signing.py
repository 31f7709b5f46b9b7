"""DKIM signatures (RFC 6376) for our mails, where a key is set: then other servers know that a mail is from here."""

from functools import cache
from pathlib import Path

import dkim
from django.conf import settings

# What is signed, each once more than it stands there, so that none can be added (RFC 6376 §8.15).
SIGNED = [b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"reply-to"]
SIGNED += [b"mime-version", b"content-type", b"content-transfer-encoding", b"auto-submitted"]


def signed(content: bytes) -> bytes:
    """The mail with its signature before it; as it is where no key is set. Raises what a key that is none raises."""
    if not settings.DKIM_KEY:
        return content
    signature: bytes = dkim.sign(
        content,
        settings.DKIM_SELECTOR.encode(),
        settings.DKIM_DOMAIN.encode(),
        _key(settings.DKIM_KEY),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[*SIGNED, b"from", b"subject", b"to"],
    )
    return signature + content


@cache
def _key(path: str) -> bytes:
    return Path(path).read_bytes()
