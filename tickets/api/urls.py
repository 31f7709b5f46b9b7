"""The addresses of the API."""

from django.urls import path

from tickets.api.views import people, session, tickets

urlpatterns = [
    path("session/", session.SessionView.as_view(), name="session"),
    path("me/", session.MeView.as_view(), name="me"),
    path("agents/", people.AgentsView.as_view(), name="agents"),
    path("teams/", people.TeamsView.as_view(), name="teams"),
    path("counts/", people.CountsView.as_view(), name="counts"),
    path("tickets/", tickets.TicketsView.as_view(), name="tickets"),
    path("tickets/<int:number>/", tickets.TicketView.as_view(), name="ticket"),
    path("tickets/<int:number>/timeline/", tickets.TimelineView.as_view(), name="timeline"),
]
