"""Parts of the customer's page that other apps contribute, as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from tickets import tokens
from tickets.contributions import PageSection, contributions
from tickets.models import Participant
from tickets.tokens import Purpose


def sections_of(participant: Participant) -> list[PageSection]:
    """Those that this person may act in: the customer, not somebody in copy."""
    return contributions.page_sections if participant.role == Participant.Role.CUSTOMER else []


@dataclass(frozen=True)
class Shown:
    """A section as it stands on the page, in the wide column or beside it."""

    html: SafeString
    beside: bool


def shown_sections(request: HttpRequest, participant: Participant, now: datetime) -> list[Shown]:
    """Each section that has something to show, rendered with its values and `action_url`, where its form posts to."""
    token = tokens.make(participant, Purpose.PAGE)
    valued = [(section, section.values(participant.ticket, now)) for section in sections_of(participant)]
    return [
        Shown(_rendered(request, section, values, token), section.beside)
        for section, values in valued
        if values is not None
    ]


def _rendered(request: HttpRequest, section: PageSection, values: Mapping[str, Any], token: str) -> SafeString:
    action_url = reverse("portal:section", args=[token, section.key])
    return render_to_string(section.template, {**values, "action_url": action_url}, request)
