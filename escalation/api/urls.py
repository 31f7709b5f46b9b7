"""The addresses of time and recovery, below those of the API."""

from django.urls import path

from escalation.api.escalations import AcknowledgementView, EscalationsView, ExtensionView
from escalation.api.floor import FloorView
from escalation.api.holding import HoldingUpdatesView
from escalation.api.policies import PoliciesView
from escalation.api.promises import PromiseTimesView, PromiseView

TICKET = "tickets/<int:number>/"

urlpatterns = [
    path("floor/", FloorView.as_view(), name="floor"),
    path("policies/", PoliciesView.as_view(), name="policies"),
    path(f"{TICKET}escalations/", EscalationsView.as_view(), name="escalations"),
    path(
        f"{TICKET}escalations/<int:escalation>/acknowledgement/", AcknowledgementView.as_view(), name="acknowledgement"
    ),
    path(f"{TICKET}holding-updates/", HoldingUpdatesView.as_view(), name="holding-updates"),
    path(f"{TICKET}promises/<int:promise>/", PromiseView.as_view(), name="promise"),
    path(f"{TICKET}promise-times/", PromiseTimesView.as_view(), name="promise-times"),
    path(f"{TICKET}clocks/<int:clock>/extension/", ExtensionView.as_view(), name="extension"),
]
