"""What time and recovery add to a ticket, its lists, its mails and the customer's page; and the work that they bring."""

from django.db.models import Q

from escalation import (
    attention,
    clock_work,
    details,
    follow_ups,
    ladders,
    page,
    promises,
    wakes,
    working_days,
)
from escalation.models import Escalation
from tickets.contributions import View, contributions
from tickets.lists import UNSETTLED_Q

WORK = [clock_work, ladders, follow_ups, promises, wakes]  # imported, they register their kinds of due work
NOT_TAKEN_UP = Escalation.objects.filter(ended_at=None, acknowledged_at=None).values("ticket")


def contribute() -> None:
    """Called once, when the apps are ready."""
    contributions.attention = attention.attention
    contributions.ticket_details.append(details.details)
    contributions.mail_values.append(details.mail_values)
    contributions.reply_context += [working_days.reply_context, details.reply_context]
    contributions.views += [
        View("late", "Past their time", lambda now: UNSETTLED_Q & Q(next_due_at__lte=now)),
        View("mending", "Being mended", lambda now: UNSETTLED_Q & Q(mended__isnull=False)),
        View("promises_due", "Promises due", promises.due_today),
        View("promises_broken", "Promises broken", promises.broken),
        View("escalated", "Escalated, not taken up", lambda now: Q(pk__in=NOT_TAKEN_UP)),
    ]
    contributions.page_sections += [page.PROMISED, page.SETTLING]
