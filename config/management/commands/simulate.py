"""Lets customers and agents of the demo act, so that the floor can be watched live; Ctrl-C ends it."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.demo.simulation import Simulation
from tickets.models import Agent


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--per-minute", type=float, default=10, help="how many things happen in a minute")
        parser.add_argument("--times", type=int, help="end after so many")
        parser.add_argument("--seed", type=int, help="the same seed lets the same people act")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Agent.objects.filter(email="ana@kintsugi.example").exists():
            raise CommandError("This is not the demo, so nobody will be made to act here. Run manage.py demo first.")
        if options["per_minute"] <= 0:
            raise CommandError("--per-minute must be more than nothing.")
        simulation, done = Simulation(options["seed"]), 0
        try:
            while options["times"] is None or done < options["times"]:
                now = timezone.now()
                self.stdout.write(f"{now:%H:%M:%S} {simulation.step(now)}")
                done += 1
                time.sleep(simulation.chance.expovariate(options["per_minute"] / 60))
        except KeyboardInterrupt:
            self.stdout.write(f"{done} things happened.")
