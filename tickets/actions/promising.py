"""What a reply promises besides its words: it travels with the draft, then with the reply, then in the reply's event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tickets.errors import Invalid

LONGEST = 200  # characters
MOST = 20  # in one reply
FURTHEST = 2200  # year


@dataclass(frozen=True)
class Promised:
    """Something that we will do, and by when (aware); `words` are those of the reply that say when, if any do."""

    what: str
    due_at: datetime
    words: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            "what": self.what,
            "words": self.words,
            "due_at": self.due_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        }


def check_promises(promises: Sequence[Promised], now: datetime) -> list[dict[str, str]]:
    """The promises as they are kept, each once; raises Invalid for one that says nothing, or whose time has passed."""
    if len(promises) > MOST:
        raise Invalid({"promises": f"At most {MOST} promises fit in one reply."})
    cleaned = [replace(promise, what=promise.what.replace("\0", "").strip()) for promise in promises]
    for promise in cleaned:
        if not promise.what:
            raise Invalid({"promises": "Say what is promised, in a few words."})
        if len(promise.what) > LONGEST:
            raise Invalid({"promises": f"A promise is said in {LONGEST} characters at most."})
        if not now < promise.due_at < datetime(FURTHEST, 1, 1, tzinfo=UTC):
            raise Invalid(
                {"promises": f"Choose a time for “{promise.what}” that is still to come, and not too far away."}
            )
    return [promise.as_json() for promise in dict.fromkeys(cleaned)]
