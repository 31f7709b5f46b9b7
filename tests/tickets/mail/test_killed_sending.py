"""A worker is killed at every step of sending: nothing is lost, and nothing is doubled but what says that nobody knows."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, reply
from tests.tickets.mail.dying import KILLED
from tests.tickets.mail.ear import open_ear
from tickets import due_work
from tickets.actions.delivering import confirm_arrival
from tickets.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
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


def database_url() -> str:
    """The database of this very test, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}" if given["PASSWORD"] else quote(given["USER"])
    return f"postgres://{who}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def killed_at(step: str, email_url: str) -> None:
    own = {"DATABASE_URL": database_url(), "EMAIL_URL": email_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "tests.tickets.mail.dying", step, NOW.isoformat()]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, timeout=60, check=False)
    assert done.returncode == KILLED, done.stderr.decode()


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_there_loses_nothing_and_doubles_nothing(step: str, cast: Cast, settings: Settings) -> None:
    has_it, known = STEPS[step]
    message = reply(complaint(cast), "I am sorry, Nora.", cast.ana)
    OutgoingMail.objects.exclude(message=message).delete()
    with open_ear() as ear:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{ear.port}"
        killed_at(step, settings.EMAIL_URL)
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
