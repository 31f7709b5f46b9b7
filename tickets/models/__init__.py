"""The rows of a conversation."""

from tickets.models.api_token import ApiToken
from tickets.models.checking import SentFinding
from tickets.models.customers import Customer, CustomerAddress, Participant
from tickets.models.due import Due, DueQuerySet
from tickets.models.event import TicketEvent
from tickets.models.imap import FetchedMail, ImapAccount
from tickets.models.letter import Letter
from tickets.models.mail import FOOT, Mailbox, OutgoingMail, RawMail
from tickets.models.messages import Attachment, Draft, LastRead, Message, Note, PendingReply, Receipt
from tickets.models.mood import MoodCorrection, MoodModel
from tickets.models.people import Agent, Role, Team
from tickets.models.rating import Rating
from tickets.models.rules import OwnRule, RuleLevel
from tickets.models.template import Template, TemplateUse, TemplateVersion
from tickets.models.ticket import Channel, Priority, Ticket, TicketQuerySet

__all__ = [
    "FOOT",
    "Agent",
    "ApiToken",
    "Attachment",
    "Channel",
    "Customer",
    "CustomerAddress",
    "Draft",
    "Due",
    "DueQuerySet",
    "FetchedMail",
    "ImapAccount",
    "LastRead",
    "Letter",
    "Mailbox",
    "Message",
    "MoodCorrection",
    "MoodModel",
    "Note",
    "OutgoingMail",
    "OwnRule",
    "Participant",
    "PendingReply",
    "Priority",
    "Rating",
    "RawMail",
    "Receipt",
    "Role",
    "RuleLevel",
    "SentFinding",
    "Team",
    "Template",
    "TemplateUse",
    "TemplateVersion",
    "Ticket",
    "TicketEvent",
    "TicketQuerySet",
]
