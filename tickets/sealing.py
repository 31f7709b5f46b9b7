"""Secrets of others that we must be able to say again (a mailbox's password), sealed with a key from SECRET_KEY.

Encrypted, then authenticated: the key stream is HMAC-SHA256 in counter mode (NIST SP 800-108 §4.1), the tag HMAC-SHA256.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings

NONCE, TAG, BLOCK = 16, 32, 32  # bytes


class Unsealable(Exception):
    """It was sealed under another SECRET_KEY, or was changed since."""


def seal(text: str) -> str:
    """The text so that only this SECRET_KEY opens it; the same text is never sealed to the same twice."""
    nonce = secrets.token_bytes(NONCE)
    hidden = _mask(text.encode(), nonce, settings.SECRET_KEY)
    return urlsafe_b64encode(nonce + hidden + _tag(nonce + hidden, settings.SECRET_KEY)).decode()


def unseal(sealed: str) -> str:
    """What was sealed, under this SECRET_KEY or an older one of SECRET_KEY_FALLBACKS; raises Unsealable."""
    try:
        raw = urlsafe_b64decode(sealed)
    except ValueError:
        raise Unsealable from None
    body, tag = raw[:-TAG], raw[-TAG:]
    for key in [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]:
        if hmac.compare_digest(tag, _tag(body, key)):
            return _mask(body[NONCE:], body[:NONCE], key).decode()
    raise Unsealable


def _mask(data: bytes, nonce: bytes, key: str) -> bytes:
    """The data against the key stream, block by block; the same undoes it."""
    own, blocks = _key("encrypt", key), range(len(data) // BLOCK + 1)
    stream = b"".join(hmac.digest(own, nonce + number.to_bytes(4, "big"), "sha256") for number in blocks)
    return bytes(one ^ other for one, other in zip(data, stream, strict=False))


def _tag(data: bytes, key: str) -> bytes:
    return hmac.digest(_key("authenticate", key), data, "sha256")


def _key(purpose: str, key: str) -> bytes:
    return hmac.digest(key.encode(), f"kintsugi sealing: {purpose}".encode(), "sha256")
