"""The settings of the house in Django's admin: people, teams, mailboxes, guided replies, tokens. Administrators only."""

from tickets.admin import guides, people, site

__all__ = ["guides", "people", "site"]
