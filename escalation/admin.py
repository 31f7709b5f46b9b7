"""Calendars, policies and ladders in the settings; clocks and escalations are facts and are shown on the ticket."""

from django.contrib import admin

from escalation.models import DAYS, Ladder, LadderLevel, SlaPolicy, WorkCalendar
from tickets.admin.site import ByAdministrators, ForAdministrators


@admin.register(WorkCalendar)
class WorkCalendarAdmin(ForAdministrators):
    list_display = ["name", "time_zone", *DAYS]
    fieldsets = [
        (None, {"fields": ["name", "time_zone"]}),
        ("Working hours", {"fields": [*DAYS]}),
        ("Days that differ", {"fields": ["exceptions"]}),
    ]


class LadderLevelInline(ByAdministrators, admin.TabularInline):
    model = LadderLevel
    max_num = 3
    extra = 0


@admin.register(Ladder)
class LadderAdmin(ForAdministrators):
    list_display = ["name", "repeat_at_most"]
    inlines = [LadderLevelInline]


@admin.register(SlaPolicy)
class SlaPolicyAdmin(ForAdministrators):
    list_display = ["team", "priority", "calendar", "first_response", "next_response", "resolution", "ladder"]
    list_filter = ["team"]
    fieldsets = [
        (None, {"fields": ["team", "priority", "calendar", "ladder"]}),
        (
            "Targets, in seconds of working time",
            {"fields": ["first_response", "next_response", "resolution", "warn_before_percent", "pause_at_most"]},
        ),
        (
            "Is it settled?",
            {"fields": ["ask_again_after"], "description": "Seconds until it is asked again, then closed."},
        ),
    ]
