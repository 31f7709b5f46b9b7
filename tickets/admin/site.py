"""How the admin looks and who gets in: its door counts tries as the desk's own does."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from tickets.api.signing_in import check_password
from tickets.errors import Invalid
from tickets.models import Agent
from tickets.throttles import TooMany


class SignInForm(AdminAuthenticationForm):
    """The password is checked where the desk checks it, with the same limits."""

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (email and password and isinstance(self.request, HttpRequest)):
            return self.cleaned_data
        try:
            self.user_cache = check_password(self.request, email, password, timezone.now())
        except (Invalid, TooMany) as error:
            raise ValidationError(str(error)) from None
        self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data


class ByAdministrators:
    """A part of the settings: whoever is an administrator may do everything in it, nobody else anything."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_set(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set(request)


class ForAdministrators(ByAdministrators, admin.ModelAdmin):
    """Rows of one kind in the settings."""


def may_set(request: HttpRequest) -> bool:
    """Whether this person is an administrator; nobody's rights are kept anywhere else."""
    return isinstance(request.user, Agent) and request.user.is_active and request.user.is_staff


admin.site.site_header = "Kintsugi settings"
admin.site.site_title = "Kintsugi settings"
admin.site.index_title = "What the house may choose"
admin.site.site_url = "/desk/"
admin.site.login_form = SignInForm
admin.site.empty_value_display = "none"
