"""Secrets of others that we must be able to say again (a mailbox's password), sealed with a key from SECRET_KEY."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unsealable(Exception):
    """It was sealed under another SECRET_KEY, or was changed since."""


def seal(text: str) -> str:
    """The text so that only this SECRET_KEY opens it; the same text is never sealed to the same twice."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed, under this SECRET_KEY or an older one of SECRET_KEY_FALLBACKS; raises Unsealable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unsealable from None


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]])


def _fernet(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"kintsugi sealing: {key}".encode()).digest()))
