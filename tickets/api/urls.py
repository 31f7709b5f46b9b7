"""The addresses of the API."""

from django.urls import path

from tickets.api.views import (
    checking,
    complaints,
    doing,
    files,
    guides,
    inviting,
    mail,
    messages,
    people,
    session,
    tickets,
    writing,
)

TICKET = "tickets/<int:number>/"

urlpatterns = [
    path("session/", session.SessionView.as_view(), name="session"),
    path("me/", session.MeView.as_view(), name="me"),
    path("agents/", inviting.AgentsView.as_view(), name="agents"),
    path("teams/", people.TeamsView.as_view(), name="teams"),
    path("counts/", people.CountsView.as_view(), name="counts"),
    path("tickets/", tickets.TicketsView.as_view(), name="tickets"),
    path(TICKET, tickets.TicketView.as_view(), name="ticket"),
    path(f"{TICKET}timeline/", tickets.TimelineView.as_view(), name="timeline"),
    path(f"{TICKET}messages/<int:message>/html/", messages.HtmlView.as_view(), name="message-html"),
    path(f"{TICKET}messages/<int:message>/raw/", messages.RawView.as_view(), name="message-raw"),
    path(f"{TICKET}replies/", writing.RepliesView.as_view(), name="replies"),
    path(f"{TICKET}replies/<int:reply>/", writing.ReplyView.as_view(), name="reply"),
    path(f"{TICKET}replies/<int:reply>/release/", writing.ReleaseView.as_view(), name="reply-release"),
    path(f"{TICKET}draft/", writing.DraftView.as_view(), name="draft"),
    path(f"{TICKET}notes/", writing.NotesView.as_view(), name="notes"),
    path(f"{TICKET}files/", files.FilesView.as_view(), name="files"),
    path(f"{TICKET}files/<int:file>/", files.FileView.as_view(), name="file"),
    path(f"{TICKET}read/", doing.ReadView.as_view(), name="read"),
    path(f"{TICKET}state/", doing.StateView.as_view(), name="state"),
    path(f"{TICKET}assignment/", doing.AssignmentView.as_view(), name="assignment"),
    path(f"{TICKET}team/", doing.TeamView.as_view(), name="team"),
    path(f"{TICKET}priority/", doing.PriorityView.as_view(), name="priority"),
    path(f"{TICKET}spam/", doing.SpamView.as_view(), name="spam"),
    path(f"{TICKET}participants/<int:participant>/link/", doing.LinkView.as_view(), name="participant-link"),
    path("reply-check/", checking.ReplyCheckView.as_view(), name="reply-check"),
    path("templates/", guides.TemplatesView.as_view(), name="templates"),
    path("deliveries/", mail.DeliveriesView.as_view(), name="deliveries"),
    path("deliveries/<int:mail_id>/retry/", mail.RetryView.as_view(), name="delivery-retry"),
    path("deliveries/<int:mail_id>/arrival/", mail.ArrivalView.as_view(), name="delivery-arrival"),
    path("quarantine/", mail.QuarantineView.as_view(), name="quarantine"),
    path("quarantine/<int:raw_id>/", mail.HeldMailView.as_view(), name="held-mail"),
    path("quarantine/<int:raw_id>/raw/", mail.HeldBytesView.as_view(), name="held-mail-raw"),
    path("quarantine/<int:raw_id>/release/", mail.HeldReleaseView.as_view(), name="held-mail-release"),
    path("quarantine/<int:raw_id>/discard/", mail.HeldDiscardView.as_view(), name="held-mail-discard"),
    path("complaints/", complaints.ComplaintsView.as_view(), name="complaints"),
]
