"""The providers whose calls we take: Anymail's views of them, and the option by which each knows its secret."""

from dataclasses import dataclass
from typing import Any

from anymail.webhooks.base import AnymailCoreWebhookView
from anymail.webhooks.mailersend import MailerSendInboundWebhookView, MailerSendTrackingWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView, MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView, MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView, PostmarkTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView, SendGridTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView, SparkPostTrackingWebhookView

PASSWORD = "webhook_secret"  # noqa: S105 (the name of an option): `user:password` in the address that the provider calls


@dataclass(frozen=True)
class Provider:
    """`inbound` and `tracking` are Anymail's views, each with the option that takes the secret."""

    inbound: tuple[Any, str]
    tracking: tuple[Any, str]

    def view(self, kind: str, secret: str) -> AnymailCoreWebhookView:
        made, option = self.inbound if kind == "inbound" else self.tracking
        view: AnymailCoreWebhookView = made(**{option: secret})
        return view


PROVIDERS = {
    "mailersend": Provider(
        (MailerSendInboundWebhookView, "inbound_secret"), (MailerSendTrackingWebhookView, "signing_secret")
    ),
    "mailgun": Provider(
        (MailgunInboundWebhookView, "webhook_signing_key"), (MailgunTrackingWebhookView, "webhook_signing_key")
    ),
    "mailjet": Provider((MailjetInboundWebhookView, PASSWORD), (MailjetTrackingWebhookView, PASSWORD)),
    "postmark": Provider((PostmarkInboundWebhookView, PASSWORD), (PostmarkTrackingWebhookView, PASSWORD)),
    "sendgrid": Provider((SendGridInboundWebhookView, PASSWORD), (SendGridTrackingWebhookView, PASSWORD)),
    "sparkpost": Provider((SparkPostInboundWebhookView, PASSWORD), (SparkPostTrackingWebhookView, PASSWORD)),
}
