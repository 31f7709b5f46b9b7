"""A worker is killed at every step of sending: nothing is lost, and nothing is doubled but what says that nobody knows."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, reply
from tests.tickets.mail.doomed import killed
from tests.tickets.mail.dying import arrange
from tests.tickets.mail.ear import open_ear
from tickets import due_work
from tickets.actions.delivering import confirm_arrival
from tickets.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = {  # step: whether the other server has the mail then, and whether we can know that
    "before the claim": (False, True),
    "after the claim": (False, True),
    "before it is handed over": (False, True),
    "when it is noted as handed over": (False, False),
    "in the middle of the mail": (False, False),
    "after the mail, before the answer": (True, False),
    "after the answer, before the row": (True, False),
    "after the row": (True, True),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_there_loses_nothing_and_doubles_nothing(step: str, cast: Cast, settings: Settings) -> None:
    has_it, known = STEPS[step]
    message = reply(complaint(cast), "I am sorry, Nora.", cast.ana)
    OutgoingMail.objects.exclude(message=message).delete()
    with open_ear() as ear:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{ear.port}"
        with killed(lambda: due_work.do("outgoing_mails", NOW), lambda: arrange(step), step):
            pass
        assert len(ear.heard) == int(has_it)
        for minutes in (1, 10, 10_000):  # the workers that come after it
            due_work.do("outgoing_mails", NOW + timedelta(minutes=minutes))
        mail = OutgoingMail.objects.get(message=message)
        if known:
            assert (mail.state, len(ear.heard)) == ("sent", 1)
        else:
            assert (mail.state, len(ear.heard)) == ("uncertain", int(has_it))
            assert mail.ticket and mail.ticket.events.filter(kind="mail_troubled").count() == 1
            confirm_arrival(mail, by=cast.ana, now=NOW)
