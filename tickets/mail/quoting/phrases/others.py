"""Finnish, Estonian, Hungarian, Greek, Latvian, Lithuanian, Basque, Welsh."""

from tickets.mail.quoting.phrases.phrases import Phrases

FINNISH = Phrases(
    wrote=("kirjoitti", "kirjoittaa"),
    sender=("lähettäjä",),
    sent=("lähetetty", "päivämäärä", "päiväys"),
    to=("vastaanottaja", "vastaanottajat"),
    copy=("kopio",),
    subject=("aihe",),
    original=("alkuperäinen viesti",),
    forwarded=("edelleenlähetetty viesti", "välitetty viesti"),
    sent_from=("lähetetty", "hanki outlook"),
)
ESTONIAN = Phrases(
    opens=("kuupäev",),
    wrote=("kirjutas",),
    sender=("saatja",),
    sent=("saadetud", "kuupäev"),
    to=("saaja", "adressaat"),
    subject=("teema",),
    original=("algne kiri", "originaalkiri"),
    forwarded=("edastatud kiri",),
    sent_from=("saadetud minu",),
)
HUNGARIAN = Phrases(
    wrote=("írta", "ezt írta", "a következőt írta"),
    sender=("feladó",),
    sent=("elküldve", "dátum", "küldve"),
    to=("címzett",),
    copy=("másolat",),
    subject=("tárgy",),
    original=("eredeti üzenet",),
    forwarded=("továbbított üzenet",),
    sent_from=("elküldve az", "küldve a", "iphone-omról küldve"),
)
GREEK = Phrases(
    opens=("στις", "την", "στη"),
    wrote=("έγραψε", "έγραψαν"),
    sender=("από",),
    sent=("στάλθηκε", "ημερομηνία", "απεστάλη"),
    to=("προς",),
    copy=("κοιν",),
    subject=("θέμα",),
    original=("αρχικό μήνυμα",),
    forwarded=("προωθημένο μήνυμα",),
    sent_from=("στάλθηκε από", "εστάλη από"),
)
LATVIAN = Phrases(
    wrote=("rakstīja", "raksta"),
    sender=("no",),
    sent=("nosūtīts", "datums"),
    to=("kam",),
    subject=("temats", "tēma"),
    original=("sākotnējais ziņojums",),
    forwarded=("pārsūtīts ziņojums",),
)
LITHUANIAN = Phrases(
    wrote=("rašė", "parašė"),
    sender=("nuo", "siuntėjas"),
    sent=("išsiųsta", "data"),
    to=("kam", "gavėjas"),
    subject=("tema",),
    original=("originalus laiškas", "pradinis laiškas"),
    forwarded=("persiųstas laiškas",),
    sent_from=("išsiųsta iš",),
)
BASQUE = Phrases(
    wrote=("idatzi zuen", "igorleak hau idatzi zuen"),
    sender=("nork",),
    sent=("bidalia", "data"),
    to=("nori",),
    subject=("gaia",),
    original=("jatorrizko mezua",),
    forwarded=("birbidalitako mezua",),
)
WELSH = Phrases(
    opens=("ar",),
    wrote=("ysgrifennodd",),
    sender=("oddi wrth",),
    sent=("anfonwyd", "dyddiad"),
    to=("at",),
    subject=("pwnc",),
    original=("neges wreiddiol",),
    sent_from=("anfonwyd o",),
)
LANGUAGES = (FINNISH, ESTONIAN, HUNGARIAN, GREEK, LATVIAN, LITHUANIAN, BASQUE, WELSH)
