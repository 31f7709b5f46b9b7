"""What operations ask: is it well (`/healthz`), and its figures (`/metrics`, for Prometheus)."""

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily

from tickets.models import Due, OutgoingMail, RawMail, Ticket

LATE_AFTER = timedelta(seconds=60)


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format: for this machine itself, or with `Authorization: Bearer METRICS_TOKEN`."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures())
    ProcessCollector(registry=registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(said.encode(), settings.METRICS_TOKEN.encode())
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not forwarded


def late_rows(now: datetime) -> dict[str, tuple[int, datetime | None]]:
    """For each kind of due row: how many are late by more than a minute, and since when the oldest is due."""
    kinds = [model for model in apps.get_models() if issubclass(model, Due)]
    late = {}
    for model in kinds:
        rows = model._default_manager.filter(due_at__lt=now - LATE_AFTER)
        late[model._meta.model_name or ""] = (rows.count(), rows.aggregate(oldest=Min("due_at"))["oldest"])
    return late


class Figures:
    """Read from the rows at every scrape, so that every process answers the same."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _gauge("kintsugi_tickets", "Tickets by state", "state", Ticket.objects.order_by(), "state")
        yield _gauge(
            "kintsugi_outgoing_mails", "Outgoing mails by state", "state", OutgoingMail.objects.order_by(), "state"
        )
        yield _gauge(
            "kintsugi_raw_mails", "Incoming mails by outcome", "outcome", RawMail.objects.order_by(), "outcome"
        )
        late = GaugeMetricFamily("kintsugi_late_rows", "Rows due for more than a minute", labels=["kind"])
        for kind, (count, _) in late_rows(timezone.now()).items():
            late.add_metric([kind], count)
        yield late


def _gauge(name: str, title: str, label: str, rows: QuerySet[Any], field: str) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, title, labels=[label])
    for row in rows.values(field).annotate(count=Count("pk")):
        gauge.add_metric([row[field] or "unread"], row["count"])
    return gauge
