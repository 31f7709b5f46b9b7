"""What came of guided replies: each use is a row, and the events that follow fill it in. Every event may come twice."""

from datetime import datetime
from typing import Any

from tickets.empathy.language import detect
from tickets.empathy.rewording import changed
from tickets.events import ticket_event
from tickets.models import Message, Template, TemplateUse, Ticket, TicketEvent
from tickets.states import SETTLED

BEYOND_DOUBT = 0.1  # how unhappy thanks may sound, 0 to 1


def used(message: Message, now: datetime) -> None:
    """Keep that this reply began with a template, which it names as key:variant; nothing where that is gone."""
    key, _, variant = message.template.partition(":")
    template = _meant(key, message) if key else None
    place = int(variant) if variant.isdigit() else 0
    if template is None or place >= len(template.variants):
        return
    TemplateUse.objects.get_or_create(
        message=message,
        defaults={
            "template": template,
            "version": template.version,
            "variant": place,
            "ticket": message.ticket,
            "changed": changed(template.variants[place], message.text),
            "at": now,
        },
    )


def _meant(key: str, message: Message) -> Template | None:
    """The template of this key that the writer was given: in the reply's language, the team's own before the house's."""
    rows = [row for row in Template.objects.filter(key=key) if row.team_id in (None, message.ticket.team_id)]
    spoken = detect(message.text)
    return min(rows, key=lambda row: (row.locale != spoken, row.team_id is None, row.pk), default=None)


def follow(sender: type[Ticket], ticket: Ticket, event: TicketEvent, **_more: Any) -> None:
    """Write down what the customer said next, whether they call it settled, and how they rate it."""
    if not ticket.answered:
        return
    uses = TemplateUse.objects.filter(ticket=ticket)
    if event.kind == "customer_wrote":
        uses.filter(answer=None, at__lte=event.at).exclude(message=event.data["message"]).update(
            answer=event.data["message"]
        )
        if _takes_up_again(event):
            uses.filter(at__lte=event.at).update(settled=None, reopened=True)
    elif event.kind in {"rated", "rated_low"}:
        uses.filter(rating=None, at__lte=event.at).update(rating=event.data["rating"])
    elif event.kind == "said_settled":
        uses.update(settled=True)
    elif event.kind in {"said_not_settled", "reopened"}:
        uses.filter(at__lte=event.at).update(settled=False, reopened=True)


def _takes_up_again(event: TicketEvent) -> bool:
    """Whether words on a settled ticket say that it is not. Thanks open it too, and hold nothing against the text; but
    only what is glad beyond doubt is taken for thanks."""
    said = event.data
    is_glad = said["mood"] == "happy" and said["unhappy"] <= BEYOND_DOUBT
    return said.get("from") in SETTLED and not is_glad


ticket_event.connect(follow, dispatch_uid="guide_uses")
