"""The forms of an account: asking for a link, choosing a password."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils import timezone

from tickets.actions.inviting import send_password_link
from tickets.models import Agent

AS_EMAIL = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, "inputmode": "email"})


class LinkForm(forms.Form):
    """Asks for a link; it says nothing of whether somebody has this address."""

    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        widget=AS_EMAIL,
        error_messages={
            "required": "Please give the address that you sign in with.",
            "invalid": "This is not an email address, like name@example.com.",
        },
    )

    def send(self) -> None:
        agent = Agent.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if agent:
            send_password_link(agent, now=timezone.now())


class PasswordForm(SetPasswordForm):
    """Chooses a password, typed twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "New password"
        self.fields["new_password1"].help_text = "At least ten characters; a short sentence is easy to remember."
        self.fields["new_password2"].label = "The same again"
