"""What is new in a reply."""

import pytest

from tickets.mail.quotes import visible
from tickets.mail.quoting import marker

NEW = "Das Paket ist immer noch nicht da."


@pytest.mark.parametrize(
    "below",
    [
        "On Tue, 3 Mar 2026 at 10:00, Ana <ana@desk.example> wrote:\n\n> We sent it.",
        "On Tue, Mar 3, 2026 at 10:00 AM Ana Lima from the very long desk\n<ana@desk.example> wrote:\n> We sent it.",
        "Am 03.03.2026 um 10:00 schrieb Ana <ana@desk.example>:\n> Wir haben es geschickt.",
        "Ana <ana@desk.example> schrieb am Di., 3. März 2026, 10:00:\n\n> Wir haben es geschickt.",
        "Le mar. 3 mars 2026 à 10:00, Ana <ana@desk.example> a écrit :\n\n> Envoyé.",
        "El mar, 3 mar 2026 a las 10:00, Ana (<ana@desk.example>) escribió:\n\n> Enviado.",
        "Il giorno mar 3 mar 2026 alle ore 10:00 Ana <ana@desk.example> ha scritto:\n\n> Spedito.",
        "Em ter., 3 de mar. de 2026 às 10:00, Ana <ana@desk.example> escreveu:\n\n> Enviado.",
        "Op di 3 mrt 2026 om 10:00 schreef Ana <ana@desk.example>:\n\n> Verzonden.",
        "Den tis 3 mars 2026 kl 10:00 skrev Ana <ana@desk.example>:\n\n> Skickat.",
        "W dniu 3.03.2026 o 10:00, Ana <ana@desk.example> pisze:\n> Wysłane.",
        "вт, 3 мар. 2026 г. в 10:00, Ana <ana@desk.example>:\n\n> Отправлено.",
        "Ana <ana@desk.example> 于2026年3月3日周二 10:00写道：\n\n> 已发货。",
        "2026年3月3日(火) 10:00 Ana <ana@desk.example>:\n\n> 発送しました。",
        "Ana <ana@desk.example>, 3 Mar 2026 Sal, 10:00 tarihinde şunu yazdı:\n\n> Gönderildi.",
        "wt., 3 mar 2026 o 10:00 Ana <ana@desk.example> napisał(a):\n\n> Wysłane.",
        "Missatge de Ana <ana@desk.example> del dia dt., 3 de març 2026 a les 10:00:\n\n> Enviat.",
        "Wiadomość napisana przez Ana <ana@desk.example> w dniu 3 mar 2026, o godz. 10:00:\n\n> Wysłane.",
        "Ana Lima schrieb am 03.03.2026 um 10:00:\n> Wir haben es geschickt.",
        "در تاریخ سه\u200cشنبه ۳ مارس ۲۰۲۶، ۱۰:۰۰ Ana <ana@desk.example> نوشت:\n\n> فرستادیم.",
        "In a message dated 3/3/2026 10:00:00 AM Eastern Standard Time, ana@desk.example writes:\n\nWe sent it.",
        "Original Message\nFrom: Ana <ana@desk.example>\nTo: Nora\nSubject: Parcel\n\nWe sent it.",
        "------ Original ------\nFrom: Ana <ana@desk.example>;\nTo: Nora\nSubject: Parcel\n\nWe sent it.",
        "---- Replied Message ----\n| From | Ana<ana@desk.example> |\n| To | Nora |\n| Subject | Parcel |\n\nWe sent it.",
        "-----Original Message-----\nFrom: Ana\nSent: Tuesday\nTo: Nora\nSubject: Parcel\n\nWe sent it.",
        "________________________________\nVon: Ana <ana@desk.example>\nGesendet: Dienstag\nAn: Nora\nBetreff: Paket\n\nJa.",
        "From: Ana <ana@desk.example>\nDate: Tuesday\nTo: Nora <nora@c.example>\nSubject: Parcel\n\nWe sent it.",
        "---------- Forwarded message ---------\nFrom: Ana <ana@desk.example>\nSubject: Parcel\n\nWe sent it.",
        *(f"{line}\n\nWe sent it." for line in marker.LINES.values()),
        f"> {marker.LINE}\n> We sent it.",
        "> --- Please write your reply above\n> this line ---\n> We sent it.",
        f"Am 3. Mai schrieb Kintsugi:\n\n{marker.LINE}\n\nWe sent it.",
        "> We sent it.\n> Ana",
        "-- \nNora Whitcombe\n+44 1234",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPad",
        "Odesláno z iPhonu",
        "Galaxy cihazımdan gönderildi",
        "iOS 版 Outlook を入手",
        "Virenfrei. www.avast.com",
    ],
)
def test_it_shows_only_the_new_words_above(below: str):
    assert visible(f"{NEW}\n\n{below}\n") == NEW


def test_it_keeps_the_quotes_between_answers():
    text = "On Tue, 3 Mar 2026 at 10:00, Ana <ana@desk.example> wrote:\n> Which size?\n\nForty.\n\n> Which colour?\n\nBlue."
    assert visible(f"Hello\n\n{text}") == "Hello\n\n> Which size?\n\nForty.\n\n> Which colour?\n\nBlue."


def test_it_drops_a_quote_above_the_answer():
    assert visible("On Tue, 3 Mar 2026 at 10:00, Ana <ana@desk.example> wrote:\n> Which size?\n\nForty.") == "Forty."


@pytest.mark.parametrize(
    "words",
    [
        "I booked:\nFrom: Berlin\nTo: Paris\nDate: 5 May\nand nothing came.",
        "On 5 May 2026 at 10:00 I wrote:\nwhere is it?\n\nNobody answered.",
        "Sent by courier yesterday, it never arrived.",
        "My agent wrote:\nyou get it back.\n\nI did not.",
        "First.\n\n-----\n\nSecond.\n\n-----\n\nThird.",
        "Steps:\n--\n" + "\n".join(f"step {number}" for number in range(40)),
        "👍",
        "On 3 March 2026 at 10:00 your driver wrote:\n\nnobody home\n\nbut I was home all day.",
        "Your colleague wrote on 3 March 2026 at 10:00:\nwe refund you within a week.\n\nNothing came.",
        "Original\n\nI bought the original one.\n\nCopy\n\nYou sent a copy.",
        "| Item | Price |\n| Tent | 30 |\nThis is what I paid.",
        "Hello\n--\nwait, one more thing: the zip is broken.\nAnd the poles too.",
        "Avast is what your shop told me to install, and it did not work.",
    ],
)
def test_it_loses_no_words_of_the_customer(words: str):
    assert visible(words) == words


def test_it_shows_everything_where_nothing_is_new():
    assert visible("> only\n> a quote") == "> only\n> a quote"
    assert visible("--\nNora") == "--\nNora"


def test_it_hides_a_legal_notice():
    notice = "This message is confidential and meant for the intended recipient only. If you got it in error, " * 2
    assert visible(f"{NEW}\n\n{notice}") == NEW
