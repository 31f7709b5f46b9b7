"""What the desk has learnt from its own corrections of moods: training it, using it everywhere, putting it back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock
from time import monotonic

from django.db import transaction

from tickets.empathy import heard, mood, signals
from tickets.empathy.team_model import TeamModel, check_enough, learn, macro_f1
from tickets.models import MoodCorrection, MoodModel

LOOKED_UP_EVERY = 5.0  # seconds: so soon does every process read with a new model
HELD_BACK = 5  # one correction in so many is never learnt from
READERS = f"{mood.VERSION}.{heard.VERSION}.{signals.VERSION}"


@dataclass
class _Kept:
    """The model that this process reads with, and when it last looked whether there is another."""

    pk: int = 0
    model: TeamModel | None = None
    looked_up: float | None = None


_kept, _one_at_a_time = _Kept(), Lock()


def model_in_use() -> tuple[str, TeamModel | None]:
    """The version that reads now, and the model it adds to what is shipped. Asks the database at most every 5 seconds."""
    with _one_at_a_time:
        if _kept.looked_up is None or monotonic() - _kept.looked_up > LOOKED_UP_EVERY:
            _look_up()
        return f"{READERS}+{_kept.pk}" if _kept.model else READERS, _kept.model


def forget_model() -> None:
    """Let this process look up the model at its next reading."""
    _kept.looked_up = None


def _look_up() -> None:
    pk = MoodModel.objects.filter(in_use=True).values_list("pk", flat=True).first() or 0
    if pk != _kept.pk:
        row = MoodModel.objects.filter(pk=pk).first()
        _kept.pk, _kept.model = (row.pk, TeamModel(**row.weights)) if row else (0, None)
    _kept.looked_up = monotonic()


def train(now: datetime) -> MoodModel:
    """Learn from four fifths of the corrections, compare on the rest with what reads now, and use it if it is better.

    Raises TooFewCorrections. The model is kept either way; which fifth is held back depends on each text alone.
    """
    rows = list(MoodCorrection.objects.values_list("message__text", "label").order_by("pk"))
    check_enough([label for _, label in rows])
    held_back = [row for row in rows if _is_held_back(row[0])]
    learnt = learn([row for row in rows if not _is_held_back(row[0])])
    present = MoodModel.objects.filter(in_use=True).first()
    row = MoodModel.objects.create(
        weights=asdict(learnt),
        corrections=len(rows),
        before=_agreement(held_back, TeamModel(**present.weights) if present else None),
        after=_agreement(held_back, learnt),
        replaced=present,
        trained_at=now,
    )
    if row.after > row.before:
        use(row)
    return row


def _agreement(rows: Sequence[tuple[str, str]], model: TeamModel | None) -> float:
    return macro_f1([label for _, label in rows], [mood.read(text, model).label for text, _ in rows])


@transaction.atomic
def use(model: MoodModel | None) -> None:
    """Read with this model from now on, in every process; None reads with the shipped one alone."""
    MoodModel.objects.filter(in_use=True).update(in_use=False)
    if model:
        model.in_use = True
        model.save(update_fields=["in_use"])
    transaction.on_commit(forget_model)


def put_back() -> MoodModel | None:
    """Read again with what the model in use has replaced; returns that, None for the shipped one alone."""
    present = MoodModel.objects.select_related("replaced").filter(in_use=True).first()
    replaced = present.replaced if present else None
    use(replaced)
    return replaced


def _is_held_back(text: str) -> bool:
    return sha256(text.encode(errors="replace")).digest()[0] % HELD_BACK == 0
