"""Notices, whoever makes it, the change after which a person must hear less or more, and tells all processes at once."""

from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from tickets.live.nudging import access_changed, signed_out
from tickets.models import Agent, Team

CHANGED = {"post_add", "post_remove", "pre_clear"}


@receiver(user_logged_out)
def on_sign_out(request: HttpRequest | None, **_: Any) -> None:
    key = request.session.session_key if request is not None else None
    if key:
        transaction.on_commit(partial(signed_out, key))


@receiver(post_save, sender=Agent)
def on_agent_saved(instance: Agent, **_: Any) -> None:
    transaction.on_commit(partial(access_changed, [instance.pk]))


@receiver(m2m_changed, sender=Team.members.through)
def on_members_changed(instance: Team | Agent, action: str, pk_set: set[int] | None, **_: Any) -> None:
    if action not in CHANGED:
        return
    if isinstance(instance, Agent):
        agents = [instance.pk]
    else:
        # A team that is emptied does not say of whom: they are asked for before.
        agents = sorted(pk_set) if pk_set else list(instance.members.values_list("pk", flat=True))
    transaction.on_commit(partial(access_changed, agents))
