"""Signing in: the one check of a password, counted by address and by where it comes from."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from tickets.errors import Invalid
from tickets.models import Agent
from tickets.throttles import Throttle, came_from

BY_ADDRESS = Throttle("sign-in-address", 8, timedelta(minutes=15))
BY_IP = Throttle("sign-in-ip", 60, timedelta(minutes=15))
WRONG = "The email address and the password do not belong together, or the account is closed."


def check_password(request: HttpRequest, email: str, password: str, now: datetime) -> Agent:
    """The person with this password. Raises Invalid, the same for an unknown address, or TooMany.

    Tries are counted before they are judged, so that many at once gain nothing; first by where they come from, so that
    one place cannot fill the counters with addresses. For an unknown address Django hashes
    the password all the same, so that the time tells nothing either.
    """
    email, ip = email.strip().lower(), came_from(request)
    for throttle, who in ((BY_IP, ip), (BY_ADDRESS, email)):
        throttle.take(who, now)
    agent = authenticate(request, username=email, password=password)
    if not isinstance(agent, Agent):
        raise Invalid({"password": WRONG})
    BY_ADDRESS.forget(email)
    return agent
