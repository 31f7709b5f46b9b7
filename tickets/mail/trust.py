"""Whether a sender is who they say: believed only from the header that our own mail server wrote (RFC 8601 §5)."""

import re
from enum import StrEnum
from typing import Any

import authres
from django.conf import settings

from tickets.mail.received import IncomingMail

FAILED = re.compile(r"\bdmarc\s*=\s*fail\b", re.I)


class Trust(StrEnum):
    VERIFIED = "verified"
    UNKNOWN = "unknown"
    FORGED = "forged"


def trust(mail: IncomingMail) -> Trust:
    """The verdict in the topmost Authentication-Results, where it bears our own authserv-id; unknown without one.

    DMARC's verdict (RFC 7489) counts first; where there is none, a DKIM or SPF pass for the sender's own domain. Where
    the topmost has no id at all, as some providers write it, a fail is believed and a pass is not.
    """
    if not settings.AUTHSERV_ID or not mail.auth_results:
        return Trust.UNKNOWN
    try:
        header: Any = authres.AuthenticationResultsHeader.parse_value(mail.auth_results[0])
    except authres.AuthResError:
        return Trust.FORGED if FAILED.search(mail.auth_results[0]) else Trust.UNKNOWN
    if str(header.authserv_id).lower() != settings.AUTHSERV_ID.lower():
        return Trust.UNKNOWN
    return _verdict(header.results, mail.from_email.rpartition("@")[2])


def _verdict(results: list[Any], domain: str) -> Trust:
    said = {str(one.result).lower(): _domain(one, "from") or domain for one in results if one.method == "dmarc"}
    if "fail" in said:
        return Trust.FORGED
    if "pass" in said:  # of the sender whom we took the mail to be from, where it names several
        return Trust.VERIFIED if said["pass"] == domain else Trust.UNKNOWN
    passed = [one for one in results if one.method in ("dkim", "spf") and str(one.result).lower() == "pass"]
    return Trust.VERIFIED if any(_aligned(one, domain) for one in passed) else Trust.UNKNOWN


def _aligned(result: Any, domain: str) -> bool:
    """Whether the domain that passed is the sender's, or one above or below it (RFC 7489 §3.1, relaxed)."""
    passed = _domain(result, "d") or _domain(result, "i") if result.method == "dkim" else _domain(result, "mailfrom")
    return bool(passed and domain) and (
        passed == domain or passed.endswith(f".{domain}") or domain.endswith(f".{passed}")
    )


def _domain(result: Any, name: str) -> str:
    values = (str(one.value) for one in result.properties if one.name == name and one.value)
    return next(values, "").rpartition("@")[2].strip("<>. ").lower()
