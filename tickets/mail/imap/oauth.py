"""Access tokens for XOAUTH2, made from the refresh token that an administrator gave (RFC 6749 §6)."""

from datetime import datetime, timedelta

import httpx

from tickets.mail.imap.problems import ImapProblem
from tickets.models import ImapAccount
from tickets.sealing import seal, unseal

SECONDS = 20
BEFORE = timedelta(minutes=1)  # a token is renewed so long before it ends
AN_HOUR = 3600


def access_token(account: ImapAccount, now: datetime) -> str:
    """A token that is good for a while. Whoever renews one holds the account's lease, so that nobody else does.

    Raises ImapProblem where the provider refuses, Unsealable where SECRET_KEY has changed.
    """
    if account.access_token and account.access_token_until and account.access_token_until > now + BEFORE:
        return unseal(account.access_token)
    answer = _asked(account)
    token, was = str(answer["access_token"]), account.secret
    account.access_token = seal(token)
    account.access_token_until = now + timedelta(seconds=_seconds(answer.get("expires_in")))
    if renewed := answer.get("refresh_token"):
        account.secret = seal(str(renewed))
    # Where an administrator gave another refresh token meanwhile, theirs stands.
    kept = {"access_token": account.access_token, "access_token_until": account.access_token_until}
    ImapAccount.objects.filter(pk=account.pk, secret=was).update(**kept, secret=account.secret)
    return token


def _asked(account: ImapAccount) -> dict[str, object]:
    form = {"grant_type": "refresh_token", "refresh_token": unseal(account.secret), "client_id": account.client_id}
    if account.client_secret:
        form["client_secret"] = unseal(account.client_secret)
    try:
        response = httpx.post(account.token_url, data=form, timeout=SECONDS)
        answer = response.json()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        advice = "Check the token address. It is tried again by itself."
        raise ImapProblem(f"The token server cannot be reached ({type(error).__name__}).", advice) from error
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not answer.get("access_token"):
        raise _refusal(response.status_code, answer)
    return answer


def _refusal(status: int, answer: object) -> ImapProblem:
    """The provider's no, in its own words (RFC 6749 §5.2)."""
    told = answer if isinstance(answer, dict) else {}
    words = ": ".join(str(told[name]) for name in ("error", "error_description") if told.get(name)) or f"HTTP {status}"
    advice = "Give Kintsugi access again at your provider, and enter the new refresh token here."
    return ImapProblem(f"The provider refused to renew the access ({' '.join(words.split())[:250]}).", advice)


def _seconds(told: object) -> int:
    return int(told) if isinstance(told, int | float | str) and str(told).isdigit() else AN_HOUR
