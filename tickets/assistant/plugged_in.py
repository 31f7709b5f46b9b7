"""The assistant that this house has plugged in, if any."""

from django.conf import settings

from tickets.assistant.asking import Assistant
from tickets.assistant.chat_completions import ChatCompletions
from tickets.errors import Unavailable

OFF = "No assistant is plugged in here. Nothing was sent to anybody."


def is_on() -> bool:
    return bool(settings.ASSISTANT_URL)


def plugged_in() -> Assistant:
    """The one of the settings; raises Unavailable where there is none."""
    if not is_on():
        raise Unavailable(OFF)
    return ChatCompletions(settings.ASSISTANT_URL, settings.ASSISTANT_KEY, settings.ASSISTANT_MODEL)
