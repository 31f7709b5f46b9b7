"""What our mails carry so that an answer to them can be read for certain: the line to write above, and a reference.

Whoever composes a mail writes them, whoever reads an answer looks for them; both take the words from here.
"""

import re

# By language (ISO 639-1). A line may be added; one that mails have been sent with must stay, since they are answered for years.
LINES = {
    "en": "--- Please write your reply above this line ---",
    "de": "--- Bitte schreiben Sie Ihre Antwort über diese Zeile ---",
    "fr": "--- Merci d’écrire votre réponse au-dessus de cette ligne ---",
    "es": "--- Por favor, escriba su respuesta encima de esta línea ---",
    "pt": "--- Por favor, escreva a sua resposta acima desta linha ---",
    "it": "--- Scriva la sua risposta sopra questa riga ---",
    "nl": "--- Schrijf uw antwoord boven deze regel ---",
    "sv": "--- Skriv ditt svar ovanför den här raden ---",
    "da": "--- Skriv dit svar over denne linje ---",
    "nb": "--- Skriv svaret ditt over denne linjen ---",
    "fi": "--- Kirjoita vastauksesi tämän rivin yläpuolelle ---",
    "pl": "--- Prosimy odpisać powyżej tej linii ---",
    "cs": "--- Svou odpověď prosím napište nad tento řádek ---",
    "ru": "--- Пожалуйста, напишите ответ выше этой строки ---",
    "uk": "--- Будь ласка, напишіть відповідь вище цього рядка ---",
    "tr": "--- Lütfen yanıtınızı bu satırın üstüne yazın ---",
    "ja": "--- この行より上に返信を書いてください ---",
    "zh": "--- 请在此行上方回复 ---",
    "ko": "--- 이 줄 위에 답장을 작성해 주세요 ---",
}
LINE = LINES["en"]
HTML_CLASS = "kintsugi-write-above"  # on the element that holds the line; programs that answer keep it, or set a prefix before it

WORDS = re.compile("|".join(r"\s+".join(map(re.escape, line.strip("- ").split())) for line in LINES.values()))
REFERENCE = re.compile(r"\[ref:([^\s\[\]<>@]{8,100}@[^\s\[\]<>@]{1,200})\]")
MOST_REFERENCES = 20


def reference(mail_id: str) -> str:
    """The text that an HTML mail carries unseen: some programs on phones drop References, but quote the whole HTML."""
    return f"[ref:{mail_id}]"


def references_in(html: str) -> tuple[str, ...]:
    """The Message-IDs in the references that an HTML quotes, each once, topmost (newest) first."""
    if "[ref:" not in html:
        return ()
    found = (match[1] for match in REFERENCE.finditer(html))
    return tuple(dict.fromkeys(found))[:MOST_REFERENCES]


def without_references(text: str) -> str:
    return REFERENCE.sub("", text) if "[ref:" in text else text
