"""What starts things; it owns no tables."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
