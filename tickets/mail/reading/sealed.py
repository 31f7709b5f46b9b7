"""Tells mail that is signed or encrypted. Nothing is verified or opened: an agent is told what it claims to be."""

import re

from tickets.mail.reading.structure import Part
from tickets.mail.received import Seal

PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")
PGP_MESSAGE = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.M)
PGP_SIGNED = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----", re.M)
ARMOUR = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z-]{1,40}: .*\n){0,10}\n?", re.M)
SIGNATURE = re.compile(r"^-----BEGIN PGP SIGNATURE-----\n(?:.{0,200}\n){0,200}?-----END PGP SIGNATURE-----\n?", re.M)
DASHED = re.compile(r"^- (?=-)", re.M)


def seal(root: Part, text: str) -> Seal:
    kind = root.type.parameters.get("smime-type", "").lower()
    if root.type.main in PKCS7 and kind not in ("signed-data", "certs-only", "compressed-data"):
        return Seal.ENCRYPTED
    if root.type.main == "multipart/encrypted" or PGP_MESSAGE.search(text):
        return Seal.ENCRYPTED
    signed = root.type.main == "multipart/signed" or kind == "signed-data" or PGP_SIGNED.search(text)
    return Seal.SIGNED if signed else Seal.NONE


def without_armour(text: str) -> str:
    """The words of a text that is signed in place (RFC 9580 §7), without what the program put around them."""
    if not PGP_SIGNED.search(text):
        return text
    return DASHED.sub("", SIGNATURE.sub("", ARMOUR.sub("", text)))
