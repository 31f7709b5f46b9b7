"""People, teams, mailboxes and tokens."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tickets.actions.inviting import send_invitation
from tickets.admin.site import ForAdministrators
from tickets.models import Agent, ApiToken, Mailbox, Team


class AgentForm(forms.ModelForm):
    """A person; there is no password here, since each chooses their own by the link that is mailed."""

    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label="Works in"
    )

    class Meta:
        model = Agent
        fields = ["name", "email", "role", "is_active"]
        labels = {"is_active": "May sign in"}
        help_texts = {
            "role": "An agent sees the tickets of their teams, a supervisor all, an administrator the settings too.",
            "is_active": "Take this away instead of deleting somebody: what they said keeps their name.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["teams"].initial = self.instance.teams.all()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Agent.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody with this address has an account already.")
        return email


@admin.register(Agent)
class AgentAdmin(ForAdministrators):
    form = AgentForm
    list_display = ["name", "email", "role", "works_in", "is_active", "last_login"]
    list_filter = ["role", "is_active", "teams"]
    search_fields = ["name", "email"]
    actions = ["invite_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        return Agent.objects.prefetch_related("teams")

    @admin.display(description="Works in")
    def works_in(self, agent: Agent) -> str:
        return ", ".join(team.name for team in agent.teams.all()) or "all teams" * agent.is_supervisor

    def save_model(self, request: HttpRequest, obj: Agent, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        obj.teams.set(form.cleaned_data["teams"])
        if not change:
            self._invite(request, obj)

    @admin.action(description="Mail the link to choose a password")
    def invite_again(self, request: HttpRequest, agents: QuerySet[Agent]) -> None:
        for agent in agents.filter(is_active=True):
            self._invite(request, agent)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are not deleted, since what they said keeps their name; they are told not to sign in."""
        return False

    def _invite(self, request: HttpRequest, agent: Agent) -> None:
        by = request.user
        if isinstance(by, Agent):
            send_invitation(agent, by=by, now=timezone.now())
            messages.success(request, f"{agent.name} gets a mail with a link to choose a password.")


@admin.register(Team)
class TeamAdmin(ForAdministrators):
    list_display = ["name", "people", "signatory", "takes_complaints", "reopen_days"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["members"]
    fields = ["name", "slug", "members", "signatory", "takes_complaints", "reopen_days"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return Team.objects.annotate(size=Count("members"))

    @admin.display(description="People", ordering="size")
    def people(self, team: Any) -> int:
        return int(team.size)


@admin.register(Mailbox)
class MailboxAdmin(ForAdministrators):
    list_display = ["address", "sender_name", "team"]
    list_select_related = ["team"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the desk removes mailboxes, and says what becomes of their mail


@admin.register(ApiToken)
class ApiTokenAdmin(ForAdministrators):
    list_display = ["name", "agent", "created_at", "used_at"]
    list_select_related = ["agent"]
    fields = ["name", "agent"]

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        said = obj.renew(timezone.now())
        super().save_model(request, obj, form, change)
        messages.success(request, f"The token, shown only this once: {said}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A token is made or revoked, never changed."""
        return False
