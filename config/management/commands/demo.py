"""Fills an empty database with a believable shop; leaves one that has people alone."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from config.demo.house import HOUSE, PASSWORD, open_house
from config.demo.policies import set_targets
from config.demo.replay import Replay
from config.demo.stories import stories
from tickets.models import Agent


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        if not Agent.objects.exists():
            self.fill()
        if Agent.objects.filter(email="ana@kintsugi.example").exists():
            self.stdout.write(
                WELCOME.format(house=HOUSE, url=settings.PUBLIC_URL, smtp=settings.SMTP_PORT, password=PASSWORD)
            )

    def fill(self) -> None:
        agents, teams = open_house()
        set_targets(teams, agents)
        told = stories()
        total = sum(1 + len(story.steps) for story in told)
        replay = Replay(told, agents, teams, timezone.now())
        self.stdout.write(f"  Filling {HOUSE} with {len(told)} conversations …")
        for done in replay.run():
            if self.stdout.isatty():
                self.stdout.write(f"\r  {done} of {total} things happened", ending="\n" if done == total else "")
                self.stdout.flush()


WELCOME = """
{house} is open:
  Customers complain at        {url}/
  Agents work at               {url}/desk/      ana@kintsugi.example, password {password}
  Supervisors watch            {url}/desk/floor lee@kintsugi.example, password {password}
  Administrators set things    {url}/admin/     sam@kintsugi.example, password {password}
  Mail comes in by SMTP        support@kintsugi.example on localhost:{smtp}, for example
                               curl smtp://localhost:{smtp} --mail-from you@example.com \\
                                 --mail-rcpt support@kintsugi.example --upload-file your.eml
  or by a pipe                 .venv/bin/python manage.py receive_mail < your.eml
  Mail that leaves is kept in  var/outbox/
"""
