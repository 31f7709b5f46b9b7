"""What came of guided replies: each use is a row, and the events that follow fill it in. Every event may come twice."""

from datetime import datetime
from typing import Any

from tickets.empathy.language import detect
from tickets.empathy.rewording import changed
from tickets.events import ticket_event
from tickets.models import Message, Template, TemplateUse, Ticket, TicketEvent


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
    """Write down what the customer said next, and whether they call it settled."""
    if not ticket.answered:
        return
    uses = TemplateUse.objects.filter(ticket=ticket)
    if event.kind == "customer_wrote":
        uses.filter(answer=None, at__lte=event.at).exclude(message=event.data["message"]).update(
            answer=event.data["message"]
        )
    elif event.kind == "said_settled":
        uses.update(settled=True)
    elif event.kind in {"said_not_settled", "reopened"}:
        uses.filter(at__lte=event.at).update(settled=False, reopened=True)


ticket_event.connect(follow, dispatch_uid="guide_uses")
