"""The addresses that providers call: there is none until its secret is set, and 200 means that it is committed."""

import structlog
from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tickets.hooks import inbound, tracking
from tickets.hooks.providers import PROVIDERS

log = structlog.get_logger(__name__)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def hook(request: HttpRequest, provider: str, kind: str) -> HttpResponse:
    """A provider's call: 400 where it is not they, 503 where nothing could be kept, so that they try again."""
    secret = settings.WEBHOOK_SECRETS.get(provider)
    if provider not in PROVIDERS or not secret:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    _ = request.body  # kept, since it is read more than once
    view = PROVIDERS[provider].view(kind, secret)
    try:
        view.run_validators(request)
        if kind == "inbound":
            inbound.take(provider, view, request)
        else:
            for event in view.parse_events(request):
                tracking.note(event, now=timezone.now())
    except (AnymailWebhookValidationFailure, AnymailConfigurationError) as error:
        log.warning("hook_refused", provider=provider, kind=kind, error=type(error).__name__)
        return HttpResponse("This call cannot be verified, or is meant for another address.", status=400)
    except (DatabaseError, LookupError) as error:
        log.error("hook_not_kept", provider=provider, kind=kind, error=type(error).__name__)
        return HttpResponse("This cannot be kept right now, please try again later.", status=503)
    return HttpResponse("Kept")
