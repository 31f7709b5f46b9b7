"""/hooks/<provider>/inbound/ and /hooks/<provider>/tracking/."""

from django.urls import path

from tickets.hooks.views import hook

urlpatterns = [
    path("<slug:provider>/inbound/", hook, {"kind": "inbound"}, name="hook-inbound"),
    path("<slug:provider>/tracking/", hook, {"kind": "tracking"}, name="hook-tracking"),
]
