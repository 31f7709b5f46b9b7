"""Mail that needs a person, and complaints from outside."""

from rest_framework import serializers

from tickets.api.serializers.tickets import number
from tickets.api.serializers.timeline import DeliverySerializer


class TroubledDeliverySerializer(DeliverySerializer):
    ticket = serializers.IntegerField(allow_null=True)
    attempts = serializers.IntegerField()
    subject = serializers.CharField()


class TroubledDeliveriesSerializer(serializers.Serializer):
    results = TroubledDeliverySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class HeldMailSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    subject = serializers.CharField()
    received_at = serializers.DateTimeField()
    reason = serializers.CharField()
    excerpt = serializers.CharField()
    mailbox = serializers.CharField()
    suggested_ticket = serializers.IntegerField(allow_null=True)
    attempts = serializers.IntegerField(help_text="How often it was tried in vain to read it.")
    ticket = serializers.IntegerField(allow_null=True, help_text="What it became, once that is decided.")
    handled_by = serializers.CharField(help_text="Who decided; empty while it is held.")
    handled_at = serializers.DateTimeField(allow_null=True)


class HeldFileSerializer(serializers.Serializer):
    filename = serializers.CharField()
    size = serializers.IntegerField()
    url = serializers.CharField()


class OfferSerializer(serializers.Serializer):
    """A customer whose ticket a colleague's mail may be."""

    name = serializers.CharField()
    email = serializers.CharField()
    forwarded = serializers.BooleanField(help_text="They wrote what it passes on; else it was written to them.")


HeldMailSerializer._declared_fields["from"] = serializers.CharField()  # `from` is no name that a class body can hold


class HeldMailsSerializer(serializers.Serializer):
    results = HeldMailSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class HeldMailDetailSerializer(HeldMailSerializer):
    text = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())
    raw = serializers.CharField()
    html = serializers.CharField(allow_null=True, help_text="A page for an `<iframe sandbox>`.")
    seal = serializers.ChoiceField(["signed", "encrypted"], allow_null=True)
    files = HeldFileSerializer(many=True)
    offers = OfferSerializer(many=True)


class HandledMailSerializer(serializers.Serializer):
    """What became of a held mail."""

    outcome = serializers.CharField()
    ticket = serializers.IntegerField(allow_null=True)


class MailReleaseSerializer(serializers.Serializer):
    """Onto a ticket, or for one of the customers offered; with neither, as a new ticket of its sender."""

    ticket = number(allow_null=True, default=None)
    customer = serializers.CharField(max_length=320, allow_blank=True, default="")


class DiscardSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class EncodedFileSerializer(serializers.Serializer):
    filename = serializers.CharField(max_length=300)
    content_type = serializers.CharField(max_length=120, default="", allow_blank=True)
    data = serializers.CharField(help_text="The bytes in base64.", trim_whitespace=False, allow_blank=True)


class ComplaintSerializer(serializers.Serializer):
    email = serializers.CharField(max_length=320)
    text = serializers.CharField(trim_whitespace=False)
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    subject = serializers.CharField(max_length=300, allow_blank=True, default="")
    desired_outcome = serializers.CharField(max_length=5000, allow_blank=True, default="")


class ComplaintJsonSerializer(ComplaintSerializer):
    files = EncodedFileSerializer(many=True, required=False)


class ComplaintFormSerializer(ComplaintSerializer):
    files = serializers.ListField(child=serializers.FileField(allow_empty_file=True), required=False)


class ComplaintTakenSerializer(serializers.Serializer):
    ticket = serializers.IntegerField()
    url = serializers.CharField(help_text="A page that thanks, good for an hour; the full page is opened by the mail.")
