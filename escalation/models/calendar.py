"""When a team works."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models

from escalation.calendar_text import Unreadable, read_exceptions, read_hours, read_ranges, read_zone
from escalation.calendars import Hours

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def check_ranges(text: str) -> None:
    _check(read_ranges, text)


def check_exceptions(text: str) -> None:
    _check(read_exceptions, text)


def check_zone(name: str) -> None:
    _check(read_zone, name)


def _check(read: Callable[[str], object], text: str) -> None:
    try:
        read(text)
    except Unreadable as error:
        raise ValidationError(str(error)) from error


def _day() -> models.CharField:
    return models.CharField(
        max_length=200,
        blank=True,
        validators=[check_ranges],
        help_text="Like 09:00-12:30, 13:30-17:00; empty is closed.",
    )


class WorkCalendar(models.Model):
    """Several ranges a day, up to 24:00; `exceptions` replace single days, one a line. Written as people write them."""

    name = models.CharField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=60, default="Europe/London", validators=[check_zone])
    monday = _day()
    tuesday = _day()
    wednesday = _day()
    thursday = _day()
    friday = _day()
    saturday = _day()
    sunday = _day()
    exceptions = models.TextField(
        blank=True,
        validators=[check_exceptions],
        help_text="One day a line: 2026-12-25 closed, or 2026-12-24 09:00-12:00. A remark may follow after #.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(**dict.fromkeys(DAYS, "")), name="calendar_has_working_time")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not any(getattr(self, day).strip() for day in DAYS):
            raise ValidationError("A calendar needs working hours on at least one day of the week.")

    @property
    def hours(self) -> Hours:
        """What is written here, read; raises Unreadable for what no form let through."""
        return read_hours(self.time_zone, tuple(getattr(self, day) for day in DAYS), self.exceptions)
