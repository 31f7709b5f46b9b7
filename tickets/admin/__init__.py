"""The settings of the house in Django's admin: people, teams, mailboxes, tokens. Administrators only."""

from tickets.admin import people, site

__all__ = ["people", "site"]
