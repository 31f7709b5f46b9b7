"""The schema: complete, and true of what the API answers, whatever is sent to it."""

import re
from typing import Any

import pytest
import requests
import schemathesis
from django.core.management import call_command
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from jsonschema import Draft4Validator

from tests.cast import NOW, Cast, answer, complaint, desk, reply
from tickets.actions.assigning import take
from tickets.actions.noting import leave_note

SCHEMA: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
api = schemathesis.openapi.from_dict(SCHEMA, config=schemathesis.Config())
ASSISTANT = ("/suggestion/", "/rewriting/")  # 503 where none is plugged in, as here
NOT_HERE = r"^/api/(complaints|floor|policies)/|/escalations/|/clocks/"


def test_it_has_no_gaps(tmp_path) -> None:
    GENERATOR_STATS.reset()
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(tmp_path / "schema.yaml"))
    assert not GENERATOR_STATS


def test_it_tells_entries_apart_by_their_kind() -> None:
    entry = SCHEMA["components"]["schemas"]["Entry"]
    assert entry["discriminator"]["propertyName"] == "kind"
    assert set(entry["discriminator"]["mapping"]) == {"message", "note", "event"}


def shape(path: str) -> dict[str, Any]:
    """The schema of a GET's answer, with what it refers to; null is said as OpenAPI 3.0 says it."""
    answered = SCHEMA["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return {**_nullable(answered), "components": _nullable(SCHEMA["components"])}


def _nullable(part: Any) -> Any:
    if isinstance(part, list):
        return [_nullable(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _nullable(value) for key, value in part.items() if key != "nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if part.get("nullable") else inner


@pytest.mark.django_db
def test_it_says_the_truth_about_what_is_answered(cast: Cast) -> None:
    ticket = complaint(cast)
    take(ticket, by=cast.ana, now=NOW)
    reply(ticket, "Hi Nora, I am sorry.", cast.ana)
    leave_note(ticket, "Rang her.", by=cast.ana, now=NOW, mentions=[cast.lee.pk])
    answer(ticket, "Thank you.")
    client = desk(cast.ana)
    client.ask("PUT", f"tickets/{ticket.pk}/draft/", {"text": "Hi"})
    paths = ["session", "me", "agents", "teams", "counts", "tickets", "deliveries", "quarantine"]
    asked = {f"/api/{path}/": f"{path}/" for path in paths}
    asked["/api/tickets/{number}/"] = f"tickets/{ticket.pk}/"
    asked["/api/tickets/{number}/timeline/"] = f"tickets/{ticket.pk}/timeline/"
    asked["/api/templates/"] = f"templates/?ticket={ticket.pk}"
    for path, real in asked.items():
        faults = [fault.message for fault in Draft4Validator(shape(path)).iter_errors(client.get_json(real))]
        assert not faults, f"{path}: {faults[:3]}"


@pytest.mark.django_db
@api.exclude(path_regex=NOT_HERE).parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_it_never_breaks_whatever_is_sent(case: Any, cast: Cast) -> None:
    if "number" in case.path_parameters:
        case.path_parameters["number"] = complaint(cast).pk  # most of what is sent must get past the door
    client = desk(cast.sam)
    client.raise_request_exception = False
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    named = {
        name: str(value) for name, value in sent.headers.items() if name.lower() not in {"cookie", "content-length"}
    }
    kind = str(sent.headers.get("Content-Type", "application/json"))
    answered = client.generic(sent.method or "GET", sent.path_url, sent.body or "", kind, headers=named)
    assert answered.status_code < 500 or (answered.status_code == 503 and case.path.endswith(ASSISTANT))
    assert answered.status_code < 400 or answered.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/nowhere/", "/api/tickets/x/", f"/api/tickets/{'9' * 5000}/"])
def test_it_knows_no_address_that_is_none(path: str, cast: Cast) -> None:
    nowhere = Client().get(path)
    assert (nowhere.status_code, nowhere["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
def test_it_answers_numbers_past_every_database_as_any_other_stranger(cast: Cast) -> None:
    client = desk(cast.ana)
    for path in (f"tickets/{10**30}/", f"tickets/{2**63}/timeline/", f"quarantine/{10**25}/"):
        assert client.get(f"/api/{path}").status_code == 404


def test_it_serves_the_pages_that_show_the_api_from_its_own_files() -> None:
    page = Client().get("/api/docs/").content.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(sources) == 5
    for source in sources:
        answered = Client().get(source.replace("&amp;", "&"))
        assert source.startswith("/") and answered.status_code == 200, source
