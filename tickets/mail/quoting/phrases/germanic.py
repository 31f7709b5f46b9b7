"""English, German, Dutch, Danish, Norwegian, Swedish, Icelandic."""

from tickets.mail.quoting.phrases.phrases import Phrases

ENGLISH = Phrases(
    opens=("on", "at", "in a message dated"),
    wrote=("wrote", "writes", "has written", "said"),
    sender=("from",),
    sent=("sent", "date", "sent at", "sent on"),
    to=("to",),
    copy=("cc", "bcc"),
    subject=("subject",),
    reply_to=("reply-to", "reply to"),
    original=("original message", "original email", "original mail", "reply message", "replied message"),
    forwarded=("forwarded message", "begin forwarded message", "forwarded by", "forwarded mail", "forwarded email"),
    sent_from=("sent from", "sent via", "sent with", "sent using", "sent by", "from my", "get outlook for"),
    first_person=("i", "we"),
)
GERMAN = Phrases(
    opens=("am", "an", "vom"),
    wrote=("schrieb", "hat geschrieben", "geschrieben", "schreibt"),
    sender=("von",),
    sent=("gesendet", "datum", "gesendet am", "versendet am"),
    to=("an",),
    copy=("kopie", "blindkopie"),
    subject=("betreff",),
    reply_to=("antwort an", "antworten an"),
    original=("ursprüngliche nachricht", "originalnachricht", "original-nachricht", "original nachricht", "ursprüngliche e-mail",
        "ursprüngliche mail"),
    forwarded=("weitergeleitete nachricht", "anfang der weitergeleiteten nachricht", "weitergeleitete e-mail"),
    sent_from=(
        "von meinem", "gesendet von", "gesendet mit", "diese nachricht wurde von", "von mobil gesendet",
        "holen sie sich outlook", "outlook für", "mit freundlichen grüßen von meinem",
    ),
    first_person=("ich", "wir"),
)  # fmt: skip
DUTCH = Phrases(
    opens=("op",),
    wrote=("schreef", "heeft het volgende geschreven", "het volgende geschreven", "geschreven"),
    sender=("van",),
    sent=("verzonden", "datum"),
    to=("aan",),
    copy=(),
    subject=("onderwerp",),
    reply_to=("antwoord aan", "beantwoorden"),
    original=("oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht"),
    forwarded=("doorgestuurd bericht", "begin doorgestuurd bericht"),
    sent_from=("verzonden met", "verzonden vanaf", "verstuurd vanaf", "verstuurd met", "verzonden via", "outlook voor"),
    first_person=("ik", "wij", "we"),
)
DANISH = Phrases(
    opens=("den", "på"),
    wrote=("skrev",),
    sender=("fra",),
    sent=("sendt", "dato"),
    to=("til",),
    subject=("emne",),
    reply_to=("svar til", "besvar til"),
    original=("oprindelig besked", "oprindelig meddelelse", "original besked", "oprindelig mail"),
    forwarded=("videresendt besked", "videresendt meddelelse", "start på videresendt besked"),
    sent_from=("sendt fra", "sendt med", "hent outlook", "outlook til"),
    first_person=("jeg", "vi"),
)
NORWEGIAN = Phrases(
    opens=("den", "på", "kl"),
    wrote=("skrev", "skreiv"),
    sender=("fra", "frå"),
    sent=("sendt", "dato"),
    to=("til",),
    copy=("kopi",),
    subject=("emne",),
    original=("opprinnelig melding", "original melding", "opprinnelig e-post"),
    forwarded=("videresendt melding", "start på videresendt melding", "videresendt e-post"),
    sent_from=("sendt fra", "skaff deg outlook", "få outlook"),
    first_person=("jeg", "eg", "vi"),
)
SWEDISH = Phrases(
    opens=("den", "på", "kl"),
    wrote=("skrev", "skriver"),
    sender=("från",),
    sent=("skickat", "datum", "skickades"),
    to=("till",),
    copy=("kopia",),
    subject=("ämne",),
    reply_to=("svara till",),
    original=("ursprungligt meddelande", "originalmeddelande", "ursprungliga meddelandet"),
    forwarded=("vidarebefordrat meddelande", "vidarebefordrat brev", "början på vidarebefordrat meddelande"),
    sent_from=("skickat från", "skickat med", "hämta outlook"),
    first_person=("jag", "vi"),
)
ICELANDIC = Phrases(
    opens=("þann",),
    wrote=("skrifaði",),
    sender=("frá",),
    sent=("sent", "dagsetning"),
    to=("til",),
    subject=("efni",),
    original=("upprunaleg skilaboð",),
    forwarded=("áframsend skilaboð",),
    sent_from=("sent úr",),
)
LANGUAGES = (ENGLISH, GERMAN, DUTCH, DANISH, NORWEGIAN, SWEDISH, ICELANDIC)
