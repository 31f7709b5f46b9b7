"""Parts of the customer's page that other apps contribute, as they are shown."""

from datetime import datetime

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


def shown_sections(request: HttpRequest, participant: Participant, now: datetime) -> list[SafeString]:
    """Each section that has something to show, rendered with its values and `action_url`, where its form posts to."""
    token = tokens.make(participant, Purpose.PAGE)
    valued = [(section, section.values(participant.ticket, now)) for section in sections_of(participant)]
    return [
        render_to_string(
            section.template, {**values, "action_url": reverse("portal:section", args=[token, section.key])}, request
        )
        for section, values in valued
        if values is not None
    ]
