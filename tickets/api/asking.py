"""What a request says, checked: its body by a serializer, its query word by word."""

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from tickets.errors import Invalid

LONGEST_KEY = 100  # characters


def body(serializer: type[Serializer], request: Request) -> dict[str, Any]:
    """The checked body; raises ValidationError, which names the fields."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def word(request: Request, name: str) -> str:
    return str(request.query_params.get(name, "")).replace("\0", "").strip()


def whole(request: Request, name: str) -> int | None:
    """A number of the query, None where it is not given; raises Invalid for anything else."""
    said = word(request, name)
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise Invalid({name: f"“{name}” must be a whole number."})
    return int(said)


def choice(request: Request, name: str, allowed: list[str], default: str = "") -> str:
    """One of the allowed words; raises Invalid, which names them."""
    said = word(request, name) or default
    if said and said not in allowed:
        raise Invalid({name: f"“{name}” is one of {', '.join(allowed)}."})
    return said


def idempotency_key(request: Request) -> str:
    """The client's Idempotency-Key, empty where it gives none; raises Invalid where it is too long."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        raise Invalid({"Idempotency-Key": f"An Idempotency-Key has at most {LONGEST_KEY} characters."})
    return key


def moment(time: datetime | None) -> datetime | None:
    """A time as it was given; raises Invalid outside of the years that every clock can count."""
    if time is not None and not 2000 <= time.year <= 2200:
        raise Invalid({"wake_at": "This time is too far away."})
    return time


def found(rows: QuerySet[Any], pk: int) -> Any:
    """The row of this id; raises Http404, with the same words whether it is missing or not theirs."""
    row: Model | None = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
