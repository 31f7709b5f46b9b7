"""The forms that customers fill in; each error is a sentence beside its field, and what was typed stays."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tickets.actions.beats import check_words
from tickets.actions.customers import check_email
from tickets.actions.rating import CHOOSE
from tickets.errors import Invalid

MOST_OF_WISH = 5000  # characters
MOST_OF_NAME = 200


class Words(forms.CharField):
    """Free text as people type it: line ends made one kind, what no database can hold left out."""

    def to_python(self, value: Any) -> str:
        typed = str(value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        return typed.strip()

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class PortalForm(forms.Form):
    """A form whose fields know their error, so that a screen reader reads it with the field."""

    key = Words(required=False, widget=forms.HiddenInput(attrs={"id": False}))

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"])[:64]

    def describe(self) -> None:
        """Tie each field that has an error, or a hint, to it by aria-describedby."""
        for name, field in self.fields.items():
            about = [f"id_{name}_hint"] if field.help_text else []
            if self.is_bound and self.errors.get(name):
                about.append(f"id_{name}_error")
                field.widget.attrs["aria-invalid"] = "true"
            if about:
                field.widget.attrs["aria-describedby"] = " ".join(about)


class ComplaintForm(PortalForm):
    text = Words(
        label="What happened?",
        error_messages={"required": "Please tell us what happened. A few words are enough."},
        widget=forms.Textarea(attrs={"class": "input", "rows": 5}),
    )
    desired_outcome = Words(
        label="What would put it right?",
        required=False,
        help_text="If you already know. It helps us begin in the right place.",
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )
    name = Words(
        label="Your name",
        error_messages={"required": "Please tell us your name, so that we know whom we answer."},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    email = Words(
        label="Email",
        error_messages={"required": "Please give an address that you read: our answer goes there."},
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )

    def clean_text(self) -> str:
        return _checked(lambda: check_words("text", self.cleaned_data["text"]))

    def clean_desired_outcome(self) -> str:
        wish = self.cleaned_data["desired_outcome"]
        return _checked(lambda: check_words("desired_outcome", wish, MOST_OF_WISH)) if wish else ""

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        return _checked(lambda: check_words("name", name, MOST_OF_NAME))

    def clean_email(self) -> str:
        return _checked(lambda: check_email("email", self.cleaned_data["email"]))


class AnswerForm(PortalForm):
    """What a customer adds on their page. Files without words are an answer too."""

    text = Words(required=False, widget=forms.Textarea(attrs={"class": "input", "rows": 4}))

    def clean_text(self) -> str:
        words = self.cleaned_data["text"]
        return _checked(lambda: check_words("text", words)) if words else ""


class RatingForm(PortalForm):
    """How the customer rates us. Each face has its word, for those who cannot see it and those who read it otherwise."""

    FACES = [(1, _("Very badly")), (2, _("Badly")), (3, _("So-so")), (4, _("Well")), (5, _("Very well"))]

    score = forms.TypedChoiceField(
        choices=FACES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _(CHOOSE)),
    )
    comment = Words(
        label=_("What should we change?"),
        required=False,
        help_text=_("If you like. We read every word."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )


class LinkForm(PortalForm):
    """Asking for a new link: the number of the complaint and the address that it was made with."""

    number = forms.IntegerField(
        label="Number of your complaint",
        min_value=1,
        max_value=10**15,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"],
            "The number is in our first mail to you. It has digits only.",
        ),
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
    )
    email = Words(
        label="Email",
        error_messages={"required": "Please give the address that you complained with."},
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return _checked(lambda: check_email("email", self.cleaned_data["email"]))


def _checked(check: Callable[[], str]) -> str:
    try:
        return check()
    except Invalid as error:
        raise ValidationError(str(error)) from error
