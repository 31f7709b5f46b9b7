"""Signed tokens for customers' links and reply addresses: one a participant and purpose, revocable, never logged.

A token reads `<participant>-<revision>-<signature>`, in lower case, since mail servers may fold the case of an address.
The address to which a mail of ours comes back has one of its own: `<mail>-<signature>`. It opens nothing.
"""

import hashlib
import hmac
import re
from base64 import b32encode
from enum import StrEnum

from django.conf import settings

from tickets.models import Participant

FORM = re.compile(r"([0-9]{1,15})-([0-9]{1,9})-([a-z2-7]{26})")
RETURNED_FORM = re.compile(r"([0-9]{1,15})-([a-z2-7]{26})")
RETURNED = "returned"


class Purpose(StrEnum):
    REPLY = "reply"
    PAGE = "page"


def make(participant: Participant, purpose: Purpose) -> str:
    return f"{participant.pk}-{participant.revision}-{_signature(participant.pk, participant.revision, purpose)}"


def read(token: str, purpose: Purpose) -> Participant | None:
    """The participant whom this token was made for, or None where it is forged, foreign or revoked."""
    if not (match := FORM.fullmatch(token.lower())):
        return None
    pk, revision = int(match[1]), int(match[2])
    if not hmac.compare_digest(match[3], _signature(pk, revision, purpose)):
        return None
    related = ("ticket__team", "ticket__customer", "address__customer")
    return Participant.objects.select_related(*related).filter(pk=pk, revision=revision).first()


def make_returned(mail: int) -> str:
    """The token of the mail with this number."""
    return f"{mail}-{_signature(mail, 0, RETURNED)}"


def read_returned(token: str) -> int | None:
    """The number of the mail that this token was made for, or None where it is forged."""
    match = RETURNED_FORM.fullmatch(token.lower())
    made = match and hmac.compare_digest(match[2], _signature(int(match[1]), 0, RETURNED))
    return int(match[1]) if match and made else None


def _signature(pk: int, revision: int, purpose: str) -> str:
    """128 bits of HMAC-SHA256, in base32."""
    said = f"{purpose}:{pk}:{revision}".encode()
    digest = hmac.new(b"kintsugi.token:" + settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return b32encode(digest[:16]).decode().rstrip("=").lower()
