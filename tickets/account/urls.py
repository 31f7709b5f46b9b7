"""The addresses of an account."""

from django.urls import path

from tickets.account import views

app_name = "account"
urlpatterns = [
    path("reset/", views.ask, name="reset"),
    path("reset/sent/", views.sent, name="sent"),
    path("password/<uidb64>/<token>/", views.PasswordView.as_view(), name="password"),
    path("done/", views.done, name="done"),
]
