"""What is said differently in each language of a letter: greetings, moments, a team that signs."""

from datetime import datetime

from tickets.wording import moment

HELLO = {"en": "Hello", "de": "Guten Tag"}
TEAM = {"en": "Your team {team}", "de": "Ihr Team {team}"}
GERMAN_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


def greeting(name: str, locale: str) -> str:
    """The words before a letter, with the name or without."""
    return f"{HELLO[locale]} {name}," if name else f"{HELLO[locale]},"


def said_moment(time: datetime, locale: str) -> str:
    """A moment on the wall of its own zone: "Friday 15 May, 17:00", „Freitag, 15. Mai, 17:00 Uhr“."""
    if locale != "de":
        return moment(time)
    day, month = GERMAN_DAYS[time.weekday()], GERMAN_MONTHS[time.month - 1]
    return f"{day}, {time.day}. {month}, {time:%H:%M} Uhr"
