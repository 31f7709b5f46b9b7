"""How often one machine, one link or one address may come through the public doors."""

from datetime import timedelta

from tickets.throttles import Throttle

COMPLAINTS = Throttle("complaints", 30, timedelta(minutes=10))  # a machine
ANSWERS = Throttle("answers", 30, timedelta(minutes=10))  # a participant
LINKS = Throttle("links", 10, timedelta(minutes=10))  # a machine
LINKS_OF_ONE = Throttle("links-of-one", 3, timedelta(hours=1))  # a participant
