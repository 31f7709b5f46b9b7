"""The pages of an account. A GET changes nothing, and no page is cached or referred from: links lie in addresses."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from tickets.account.forms import LinkForm, PasswordForm
from tickets.throttles import Throttle, TooMany, came_from

BY_ADDRESS = Throttle("password-address", 3, timedelta(hours=1))
BY_IP = Throttle("password-ip", 20, timedelta(hours=1))


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password."""
    form = LinkForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/ask.html", {"form": form}, status=400 if form.errors else 200)
    try:
        _count(request, form.cleaned_data["email"].lower())
    except TooMany as error:
        return render(request, "account/ask.html", {"form": form, "trouble": str(error)}, status=429)
    form.send()
    return redirect("account:sent")


def _count(request: HttpRequest, email: str) -> None:
    now = timezone.now()
    for throttle, who in ((BY_IP, came_from(request)), (BY_ADDRESS, email)):
        throttle.take(who, now)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/sent.html")


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return render(request, "account/done.html")


@method_decorator(never_cache, name="dispatch")
class PasswordView(PasswordResetConfirmView):
    """Choose a password by a mailed link; Django moves the token out of the address before the page is shown."""

    form_class = PasswordForm
    template_name = "account/password.html"
    success_url = reverse_lazy("account:done")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(*args, **kwargs)
        answer["Referrer-Policy"] = "no-referrer"
        return answer
