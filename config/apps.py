"""What starts things; it owns no tables."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from tickets.live import nudging


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        if settings.REDIS_URL:
            # Only now: the engine needs what can only be imported when every app is there.
            nudging.listen(import_module("config.celery").waker.hear)
