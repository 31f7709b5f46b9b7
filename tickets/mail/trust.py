"""Whether a sender is who they say: believed only from the header that our own mail server wrote (RFC 8601 §5)."""

from enum import StrEnum

import authres
from django.conf import settings

from tickets.mail.received import IncomingMail


class Trust(StrEnum):
    VERIFIED = "verified"
    UNKNOWN = "unknown"
    FORGED = "forged"


def trust(mail: IncomingMail) -> Trust:
    """DMARC's verdict (RFC 7489) in the topmost Authentication-Results of our own authserv-id; unknown without one."""
    if not settings.AUTHSERV_ID or not mail.auth_results:
        return Trust.UNKNOWN
    try:
        header = authres.AuthenticationResultsHeader.parse_value(mail.auth_results[0])
    except authres.AuthResError:
        return Trust.UNKNOWN
    if str(header.authserv_id).lower() != settings.AUTHSERV_ID.lower():
        return Trust.UNKNOWN
    verdicts = {str(result.result).lower() for result in header.results if result.method == "dmarc"}
    if "pass" in verdicts:
        return Trust.VERIFIED
    return Trust.FORGED if "fail" in verdicts else Trust.UNKNOWN
