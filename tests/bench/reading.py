"""How fast texts and mails are read, without a database: `python -m tests.bench.reading` prints one JSON object.

Milliseconds of processor time on one core, over texts made anew, so that nothing is answered from what was kept.
"""

import json
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import django

from tests.bench import mails

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tickets.empathy import check, heard, mood, signals  # noqa: E402 (Django must be set up before)
from tickets.mail.bounces import read as read_bounce  # noqa: E402
from tickets.mail.parse import parse  # noqa: E402
from tickets.mail.quotes import visible  # noqa: E402

TIMES = 200
# A mix as a shop's mailbox has it: bytes of the attachment, and how many of a hundred mails carry one like it.
SIZES = [(0, 60), (20_480, 25), (200_000, 10), (2_000_000, 4), (8_000_000, 1)]
DRAFT = (
    "Dear Nora,\n\nThank you for telling us that the pole snapped on the second night. That should not have happened, and "
    "I am sorry that it spoiled your trip. We packed a pole from a faulty batch; that is our mistake.\n\nHere is what we "
    "can do. We can send you a new pole today, at our cost, or take the tent back and pay you the whole price. Which of "
    "the two would suit you better?\n\nWhichever you choose, I will look after it myself. {} I will write to you by "
    "Thursday 3 December, 17:00, with the parcel's number. You asked whether the warranty covers it: yes, it does.\n\n"
    "May I ring you next week to hear whether everything is as it should be?\n\nKind regards,\nAna"
)
T = TypeVar("T")


def main() -> None:
    texts = [" ".join(mails.paragraphs(seed, 4, 50)) for seed in range(TIMES)]
    chance = random.Random(1)
    drafts = [DRAFT.format(" ".join(chance.choices(mails.WORDS, k=12)).capitalize() + ".") for _ in range(TIMES)]
    figures: dict[str, Any] = {
        "parse_ms": p50_p99(times(parse, mix())),
        "reply_text_ms": mean_p95(times(visible, texts)),
        "bounce_ms": mean_p95(times(read_bounce, [mails.new_mail(seed) for seed in range(TIMES)])),
        "mood_ms": mean_p95(times(mood.read, texts)),
        "signals_and_heard_ms": mean_p95(times(lambda text: (signals.read(text), heard.read(text)), again(texts))),
        "check_ms": mean_p95(times(lambda draft: check.check(draft, texts[0]), drafts)),
    }
    print(json.dumps(figures))


def mix() -> list[bytes]:
    return [mails.new_mail(seed, size) for size, share in SIZES for seed in range(share)]


def again(texts: Sequence[str]) -> list[str]:
    """The same texts, but not the same to anybody who kept what was read of them."""
    return [f"{text} Again." for text in texts]


def times(act: Callable[[T], object], over: Sequence[T]) -> list[float]:
    act(over[0])
    found = []
    for one in over:
        began = time.process_time()
        act(one)
        found.append((time.process_time() - began) * 1000)
    return sorted(found)


def mean_p95(ordered: Sequence[float]) -> dict[str, float]:
    return {"mean": round(statistics.mean(ordered), 2), "p95": round(ordered[int(len(ordered) * 0.95)], 2)}


def p50_p99(ordered: Sequence[float]) -> dict[str, float]:
    return {"p50": round(statistics.median(ordered), 2), "p99": round(ordered[int(len(ordered) * 0.99)], 2)}


if __name__ == "__main__":
    main()
