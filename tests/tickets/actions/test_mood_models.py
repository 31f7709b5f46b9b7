"""The desk learns from its own corrections, and every process reads with what was learnt."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOW, Cast, complaint
from tests.tickets.actions.facts import by
from tickets.actions import hearing, mood_models
from tickets.models import MoodCorrection, MoodModel, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

# At this desk "purple" is a complaint, whatever it sounds like elsewhere.
SAID = {
    "unhappy": "The sample {} turned purple overnight",
    "neutral": "When is delivery {} due",
    "happy": "Thank you for batch {}, lovely",
}


@pytest.fixture(autouse=True)
def only_shipped() -> Iterator[None]:
    """What one test has taught is unknown to the next."""
    mood_models.forget_model()
    yield
    mood_models.forget_model()


def teach(cast: Cast, each: int, labels: dict[str, str]) -> Ticket:
    """Corrections as if many tickets had been corrected; all hang on the messages of one ticket."""
    ticket = complaint(cast, text="Hello")
    said = ticket.messages.get()
    for label, words in labels.items():
        for number in range(each):
            said.pk, said.version, said.text = None, said.version + 1, words.format(number)
            said.save(force_insert=True)
            MoodCorrection.objects.create(
                message=said, label=label, unhappy=0.1, read_by="0", corrected_at=NOW, agent=cast.ana
            )
    return ticket


def said_by_command(**options: bool) -> str:
    out = StringIO()
    call_command("train_mood", stdout=out, **options)
    return out.getvalue()


def mood_of(cast: Cast, text: str) -> tuple[str, str]:
    said = complaint(cast, text=text).messages.get()
    return said.mood, said.mood_version


def test_it_reads_with_what_was_learnt_at_once_and_can_be_put_back(cast: Cast) -> None:
    teach(cast, 80, SAID)
    before = mood_of(cast, "Sample 999 turned purple")
    assert before[0] != "unhappy"
    told = said_by_command()
    model = MoodModel.objects.get(in_use=True)
    assert model.after > model.before and f"{model.before:.3f} before, {model.after:.3f} after" in told
    assert mood_of(cast, "Sample 999 turned purple") == ("unhappy", f"{mood_models.READERS}+{model.pk}")
    assert said_by_command(put_back=True) == "The shipped model reads alone again.\n"
    assert mood_of(cast, "Sample 999 turned purple") == before


def test_another_process_notices_within_seconds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(cast, 80, SAID)
    version, _ = mood_models.model_in_use()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(mood_models, "forget_model", lambda: None)  # it was trained in another process
        said_by_command()
    assert mood_models.model_in_use()[0] == version
    later = mood_models.monotonic() + mood_models.LOOKED_UP_EVERY + 1
    monkeypatch.setattr(mood_models, "monotonic", lambda: later)
    assert mood_models.model_in_use()[0] != version


def test_what_is_no_better_changes_nothing(cast: Cast) -> None:
    teach(cast, 80, SAID)
    said_by_command()
    first = MoodModel.objects.get()
    assert "no better; nothing changes" in said_by_command()
    assert MoodModel.objects.get(in_use=True) == first
    assert MoodModel.objects.count() == 2


def test_it_refuses_to_learn_from_a_few(cast: Cast) -> None:
    ticket = complaint(cast)
    hearing.correct_mood(ticket, "neutral", by=by(cast.ana), now=NOW)
    with pytest.raises(CommandError, match="1 corrections of at least 200"):
        said_by_command()
    assert not MoodModel.objects.exists()
