"""What time and recovery add to a ticket, its lists, its mails and the customer's page; and the work that they bring."""

from escalation import attention, clock_work, details, follow_ups, ladders, page, wakes
from tickets.contributions import contributions

WORK = [clock_work, ladders, follow_ups, wakes]  # imported, they register their kinds of due work


def contribute() -> None:
    """Called once, when the apps are ready."""
    contributions.attention = attention.attention
    contributions.ticket_details.append(details.details)
    contributions.mail_values.append(details.mail_values)
    contributions.page_sections.append(page.SECTION)
