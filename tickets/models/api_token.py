"""Tokens of integrations: shown once when they are made, kept as a hash."""

import hashlib
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import ClassVar

from django.db import models

from tickets.models.people import Agent

USED_EVERY = timedelta(minutes=5)


class ApiTokenManager(models.Manager["ApiToken"]):
    def make(self, agent: Agent, name: str, now: datetime) -> tuple["ApiToken", str]:
        """A new token and what to show of it, once."""
        token = self.model(agent=agent, name=name)
        said = token.renew(now)
        token.save(using=self._db)
        return token, said

    def read(self, said: str, now: datetime) -> "ApiToken | None":
        """The token that these characters are, of somebody who is still one of ours."""
        token = self.select_related("agent").filter(digest=digest_of(said), agent__is_active=True).first()
        if token and (token.used_at is None or now - token.used_at > USED_EVERY):
            self.filter(pk=token.pk).update(used_at=now)
        return token


class ApiToken(models.Model):
    """What an integration signs in with. It acts as its agent and sees what they see. `digest` is SHA-256, in hex:
    the token itself is random enough that it needs no slow hash."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80, help_text="What uses it.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[ApiTokenManager] = ApiTokenManager()

    class Meta:
        ordering = ["agent", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.agent})"

    def renew(self, now: datetime) -> str:
        """Give it new characters, which carry 256 bits, and answer them; the row must be saved."""
        said = f"kintsugi_{token_urlsafe(32)}"
        self.digest, self.created_at = digest_of(said), now
        return said


def digest_of(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
