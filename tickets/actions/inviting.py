"""People of ours get in: invited by an administrator, back in by a link when a password is forgotten."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tickets.actions import letters
from tickets.actions.customers import check_email
from tickets.errors import Invalid, NotAllowed
from tickets.letters import kinds
from tickets.live import nudge
from tickets.models import Agent, Role, Team


@transaction.atomic
def invite(name: str, email: str, role: str, teams: Sequence[int], *, by: Agent, now: datetime) -> Agent:
    """Make an account without a password and mail its link. Raises Invalid for an address that has one already."""
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed("Only an administrator invites people.")
    email = check_email("email", email).lower()
    if Agent.objects.filter(email=email).exists():
        raise Invalid({"email": "Somebody with this address has an account already."})
    chosen = list(Team.objects.filter(pk__in=teams))
    if len(chosen) != len(set(teams)):
        raise Invalid({"teams": "One of these teams is not there any more."})
    agent = Agent.objects.create_user(email, " ".join(name.split()), role=role)
    agent.teams.set(chosen)
    send_invitation(agent, by=by, now=now)
    return agent


def send_invitation(agent: Agent, *, by: Agent, now: datetime) -> None:
    """Mail the link by which somebody invited chooses their first password."""
    _send(agent, kinds.INVITATION, now, by=by.name)


def send_password_link(agent: Agent, *, now: datetime) -> None:
    """Mail the link by which somebody chooses a new password."""
    _send(agent, kinds.PASSWORD, now)


def _send(agent: Agent, kind: kinds.Kind, now: datetime, **values: str) -> None:
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    facts = {"link": password_url(agent), "days": str(days), **values}
    letters.tell(agent, kind, facts, f"{kind.key}:{agent.pk}:{now.timestamp():.6f}", now)
    transaction.on_commit(partial(nudge, agent.pk))


def password_url(agent: Agent) -> str:
    """A link that opens once, for three days, and no longer once the password was changed or used. Never logged."""
    uid = urlsafe_base64_encode(force_bytes(agent.pk))
    path = reverse("account:password", args=[uid, default_token_generator.make_token(agent)])
    return f"{settings.PUBLIC_URL}{path}"
