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
        """A new token and what to show of it, once: 43 characters that carry 256 bits."""
        said = f"kintsugi_{token_urlsafe(32)}"
        return self.create(agent=agent, name=name, digest=digest_of(said), created_at=now), said

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


def digest_of(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
