"""French, Spanish, Italian, Portuguese, Catalan, Romanian."""

from tickets.mail.quoting.phrases.phrases import Phrases

FRENCH = Phrases(
    opens=("le", "en date du"),
    wrote=("a écrit", "écrit", "a ecrit"),
    sender=("de", "expéditeur"),
    sent=("envoyé", "date", "envoyé le", "envoyée"),
    to=("à", "destinataire", "pour"),
    copy=("copie", "copie à"),
    subject=("objet", "sujet"),
    reply_to=("répondre à", "réponse à"),
    original=("message d'origine", "message d’origine", "message original", "mail original", "e-mail d'origine"),
    forwarded=(
        "message transféré", "début du message transféré", "début du message réexpédié", "message transmis",
        "message réexpédié", "courriel transféré",
    ),
    sent_from=("envoyé depuis", "envoyé de", "envoyé à partir de", "envoyé avec", "provenance",
        "télécharger outlook", "obtenir outlook"),
    first_person=("j'", "j’", "nous"),
)  # fmt: skip
SPANISH = Phrases(
    opens=("el", "en"),
    wrote=("escribió", "escribio", "ha escrito"),
    sender=("de",),
    sent=("enviado", "fecha", "enviado el", "enviada"),
    to=("para", "a"),
    subject=("asunto",),
    reply_to=("responder a", "respuesta a"),
    original=("mensaje original", "correo original", "mensaje de origen"),
    forwarded=(
        "mensaje reenviado",
        "mensaje enviado",
        "inicio del mensaje reenviado",
        "forwarded message",
        "correo reenviado",
    ),
    sent_from=("enviado desde", "enviado con", "enviado de", "obtener outlook", "descargar outlook", "obtén outlook"),
    first_person=("yo",),
)
ITALIAN = Phrases(
    opens=("il", "in data", "il giorno"),
    wrote=("ha scritto", "scrive", "scrisse"),
    sender=("da", "mittente"),
    sent=("inviato", "data", "inviata", "inviato il"),
    to=("a", "destinatario"),
    subject=("oggetto",),
    reply_to=("risposta", "rispondi a"),
    original=("messaggio originale", "messaggio originario", "email originale"),
    forwarded=("messaggio inoltrato", "inizio messaggio inoltrato", "messaggio inviato"),
    sent_from=("inviato da", "inviato dal", "inviato con", "scarica outlook", "ottieni outlook"),
    first_person=("io",),
)
PORTUGUESE = Phrases(
    opens=("em", "a", "no dia", "no"),
    wrote=("escreveu", "escreveu o seguinte"),
    sender=("de",),
    sent=("enviado", "data", "enviada", "enviado em", "enviada em"),
    to=("para",),
    subject=("assunto",),
    reply_to=("responder a", "responder para"),
    original=("mensagem original", "mensagem de origem"),
    forwarded=("mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada"),
    sent_from=(
        "enviado do",
        "enviado de",
        "enviado da",
        "enviado pelo",
        "enviado via",
        "enviado a partir",
        "obter o outlook",
    ),
    first_person=("eu",),
)
CATALAN = Phrases(
    opens=("el", "a", "en data", "missatge de"),
    wrote=("va escriure", "ha escrit"),
    sender=("de", "des de"),
    sent=("enviat", "data", "enviat el"),
    to=("per a", "a"),
    subject=("assumpte", "tema"),
    original=("missatge original",),
    forwarded=("missatge reenviat",),
    sent_from=("enviat des de", "enviat des del", "enviat amb"),
)
ROMANIAN = Phrases(
    opens=("pe", "în data de", "la", "în"),
    wrote=("a scris",),
    sender=("de la", "from"),
    sent=("trimis", "data", "trimis la"),
    to=("către", "catre"),
    subject=("subiect", "subiectul"),
    original=("mesaj original", "mesajul original"),
    forwarded=("mesaj redirecționat", "mesaj redirectionat"),
    sent_from=("trimis de pe", "trimis din", "trimis cu"),
)
GALICIAN = Phrases(
    opens=("o", "en data"),
    wrote=("escribiu", "escribiron"),
    sender=("de",),
    sent=("enviado",),
    to=("para",),
    subject=("asunto",),
    original=("mensaxe orixinal",),
    forwarded=("mensaxe reenviada",),
    sent_from=("enviado desde o meu",),
)
LANGUAGES = (FRENCH, SPANISH, ITALIAN, PORTUGUESE, CATALAN, GALICIAN, ROMANIAN)
