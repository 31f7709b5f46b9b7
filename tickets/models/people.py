"""Agents and their teams: those who work the desk."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

SEEN_FOR = timedelta(seconds=45)  # three heartbeats of a socket


class Role(models.TextChoices):
    AGENT = "agent", "Agent"
    SUPERVISOR = "supervisor", "Supervisor"
    ADMINISTRATOR = "administrator", "Administrator"


class AgentManager(BaseUserManager["Agent"]):
    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "Agent":
        agent = self.model(email=email.strip().lower(), name=name, **fields)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent

    def create_superuser(self, email: str, name: str, password: str | None = None, **fields: Any) -> "Agent":
        return self.create_user(email, name, password, role=Role.ADMINISTRATOR, is_superuser=True, **fields)


class Agent(AbstractBaseUser, PermissionsMixin):
    """A person of ours. `last_seen_at` is written by their live sockets; `status` is what they say of themselves."""

    class Status(models.TextChoices):
        HERE = "here", "Here"
        AWAY = "away", "Away"
        OFF = "off", "Off"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.HERE)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    preferences = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AgentManager] = AgentManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="agent_email_lower_case")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """May open the settings (Django's admin)."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_supervisor(self) -> bool:
        return self.role in {Role.SUPERVISOR, Role.ADMINISTRATOR}

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @cached_property
    def own_teams(self) -> list[int]:
        """Ids of the teams that they work in: asked once for each time that this person is read, which is each request."""
        return list(self.teams.values_list("pk", flat=True))

    def is_here(self, now: datetime) -> bool:
        return bool(self.status == self.Status.HERE and self.last_seen_at and now - self.last_seen_at < SEEN_FOR)


class Team(models.Model):
    """Owns a queue. `signatory` is the person whose name the team's automatic mail carries."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    members = models.ManyToManyField(Agent, related_name="teams", blank=True)
    signatory = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reopen_days = models.PositiveIntegerField(
        default=14, help_text="Days after closing in which a customer's answer opens the same ticket again."
    )
    takes_complaints = models.BooleanField(default=False, help_text="Complaints from the form and the API come here.")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
