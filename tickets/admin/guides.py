"""Guided replies: their texts as people write them, not as they are stored."""

from typing import Any

from django import forms
from django.contrib import admin

from tickets.admin.site import ForAdministrators
from tickets.empathy.slots import SLOTS
from tickets.empathy.templates import HEADING, STAGES, slots_of
from tickets.models import Template

LARGE = forms.Textarea(attrs={"rows": 30, "cols": 90})


class TemplateForm(forms.ModelForm):
    """The variants stand in one text, each under a line `## 1`, `## 2`, …"""

    stage = forms.ChoiceField(choices=[(stage, stage.replace("_", " ").capitalize()) for stage in STAGES])
    slots = forms.MultipleChoiceField(
        choices=[(name, f"{slot.name}: {slot.meaning}") for name, slot in SLOTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Must be filled",
    )
    guards = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 90}), required=False, help_text="What to mind, one a line."
    )
    texts = forms.CharField(widget=LARGE, help_text="Each variant under a line ## 1, ## 2, … with slots like {name}.")

    class Meta:
        model = Template
        fields = ["title", "key", "locale", "situation", "stage", "level", "slots", "guards", "texts", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["guards"] = "\n".join(self.instance.guards)
            bodies = [f"## {place}\n\n{body}" for place, body in enumerate(self.instance.variants, 1)]
            self.initial["texts"] = "\n\n".join(bodies)

    def clean_guards(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["guards"].splitlines() if line.strip()]

    def clean_texts(self) -> list[str]:
        text = self.cleaned_data["texts"].replace("\r\n", "\n")
        starts = list(HEADING.finditer(text))
        if not starts:
            raise forms.ValidationError("Begin each variant with a line of its own: ## 1")
        ends = [start.start() for start in starts[1:]] + [len(text)]
        bodies = [text[start.end() : end].strip() for start, end in zip(starts, ends, strict=True)]
        if not all(bodies):
            raise forms.ValidationError("One of the variants is empty.")
        if unknown := {slot for body in bodies for slot in slots_of(body)} - set(SLOTS):
            raise forms.ValidationError(f"There is no slot called {', '.join(sorted(unknown))}.")
        return bodies

    def save(self, commit: bool = True) -> Template:
        self.instance.variants = self.cleaned_data["texts"]
        saved: Template = super().save(commit)
        return saved


@admin.register(Template)
class TemplateAdmin(ForAdministrators):
    form = TemplateForm
    list_display = ["title", "stage", "situation", "level", "variants_held", "locale", "is_active"]
    list_filter = ["stage", "locale", "is_active"]
    search_fields = ["title", "situation"]

    @admin.display(description="Variants")
    def variants_held(self, template: Template) -> int:
        return len(template.variants)
