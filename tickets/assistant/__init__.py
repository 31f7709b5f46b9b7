"""A larger model that a house may plug in: it suggests words, which a person reads, changes and sends. Off by default."""

from tickets.assistant.asking import Assistant, Case, Passage, Turn
from tickets.assistant.plugged_in import is_on, plugged_in

__all__ = ["Assistant", "Case", "Passage", "Turn", "is_on", "plugged_in"]
