"""What is said differently in each language of a letter: greetings, moments, a team that signs."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import override

from tickets.empathy.slots import slot_words

HELLO = {"en": "Hello", "de": "Guten Tag"}
TEAM = {"en": "Your team {team}", "de": "Ihr Team {team}"}


def greeting(name: str, locale: str) -> str:
    """The words before a letter, with the name or without."""
    return f"{HELLO[locale]} {name}," if name else f"{HELLO[locale]},"


def said_moment(time: datetime, locale: str) -> str:
    """A moment on the wall of its own zone: "Friday 15 May, 17:00", „Freitag, 15. Mai, 17:00 Uhr“."""
    spoken = slot_words(locale)
    with override(spoken.region.lower()):
        weekday, day = date_format(time, "l"), date_format(time, "MONTH_DAY_FORMAT")
    return spoken.moment.format(weekday=weekday, day=day, time=f"{time:%H:%M}")


def said_by(time: datetime, locale: str) -> str:
    """By when something is promised, as it stands in a letter: "by Friday 15 May, 17:00"."""
    return slot_words(locale).by.format(moment=said_moment(time, locale))
