"""Russian, Ukrainian, Polish, Czech, Slovak, Bulgarian, Serbian, Croatian, Slovenian."""

from tickets.mail.quoting.phrases.phrases import Phrases

RUSSIAN = Phrases(
    wrote=("написал", "написала", "написал(а)", "пишет", "писал", "писал(а)", "пользователь"),
    sender=("от", "от кого"),
    sent=("отправлено", "дата", "послано"),
    to=("кому",),
    copy=("копия",),
    subject=("тема",),
    original=("исходное сообщение", "оригинальное сообщение", "исходное письмо"),
    forwarded=("пересылаемое сообщение", "пересланное сообщение", "начало переадресованного сообщения"),
    sent_from=("отправлено с", "отправлено из", "отправлено от", "скачать outlook"),
    first_person=("я", "мы"),
)
UKRAINIAN = Phrases(
    wrote=("пише", "написав", "написала", "писав", "написав(-ла)"),
    sender=("від", "від кого"),
    sent=("надіслано", "дата", "відправлено"),
    to=("кому",),
    copy=("копія",),
    subject=("тема",),
    original=("вихідне повідомлення", "оригінальне повідомлення", "початкове повідомлення"),
    forwarded=("переслане повідомлення", "перенаправлене повідомлення"),
    sent_from=("надіслано з", "відправлено з"),
    first_person=("я", "ми"),
)
POLISH = Phrases(
    opens=("dnia", "w dniu", "w", "wiadomość napisana przez"),
    wrote=("napisał(a)", "napisał", "napisała", "pisze"),
    sender=("od",),
    sent=("wysłano", "data", "wysłane"),
    to=("do",),
    copy=("dw", "kopia"),
    subject=("temat",),
    reply_to=("odpowiedz do",),
    original=("wiadomość oryginalna", "oryginalna wiadomość", "treść oryginalnej wiadomości"),
    forwarded=("wiadomość przekazana dalej", "przekazana wiadomość", "początek przekazywanej wiadomości"),
    sent_from=("wysłane z", "wysłano z", "pobierz outlook", "pobierz program outlook", "pobierz aplikację outlook"),
    first_person=("ja",),
)
CZECH = Phrases(
    opens=("dne", "v"),
    wrote=("napsal(a)", "napsal", "napsala", "napsal/a", "píše"),
    sender=("od",),
    sent=("odesláno", "datum", "odeslán"),
    to=("komu",),
    copy=("kopie",),
    subject=("předmět",),
    original=("původní zpráva", "původní e-mail"),
    forwarded=("přeposlaná zpráva", "předaná zpráva", "začátek přeposílané zprávy"),
    sent_from=("odesláno z", "odesláno ze", "odesláno pomocí"),
    first_person=("já",),
)
SLOVAK = Phrases(
    opens=("dňa", "v"),
    wrote=("napísal(a)", "napísal", "napísala"),
    sender=("od",),
    sent=("odoslané", "dátum"),
    to=("komu",),
    copy=("kópia",),
    subject=("predmet",),
    original=("pôvodná správa",),
    forwarded=("preposlaná správa",),
    sent_from=("odoslané z", "odoslané zo"),
)
BULGARIAN = Phrases(
    opens=("на",),
    wrote=("написа", "писа"),
    sender=("от",),
    sent=("изпратено", "дата"),
    to=("до",),
    subject=("относно", "тема"),
    original=("оригинално съобщение",),
    forwarded=("препратено съобщение",),
    sent_from=("изпратено от",),
)
SERBIAN_CROATIAN = Phrases(
    opens=("dana", "u", "дана", "у"),
    wrote=("napisao je", "napisala je", "je napisao", "je napisala", "je napisao/la", "је написао", "је написао/ла"),
    sender=("od", "šalje", "од"),
    sent=("poslano", "poslato", "datum", "послато"),
    to=("za", "prima", "за"),
    subject=("predmet", "naslov", "предмет"),
    original=("izvorna poruka", "originalna poruka", "оригинална порука"),
    forwarded=("proslijeđena poruka", "prosleđena poruka"),
    sent_from=("poslano s", "poslato sa", "poslano iz"),
)
SLOVENIAN = Phrases(
    opens=("dne", "v"),
    wrote=("je napisal", "je napisala", "je napisal/-a", "je oseba"),
    sender=("od", "pošiljatelj"),
    sent=("poslano", "datum"),
    to=("za", "prejemnik"),
    copy=("kp",),
    subject=("zadeva",),
    original=("izvirno sporočilo",),
    forwarded=("posredovano sporočilo",),
    sent_from=("poslano iz", "poslano z"),
)
LANGUAGES = (RUSSIAN, UKRAINIAN, POLISH, CZECH, SLOVAK, BULGARIAN, SERBIAN_CROATIAN, SLOVENIAN)
