"""Whether a sender is who they say."""

import pytest
from pytest_django import Settings

from tickets.mail.parse import parse
from tickets.mail.trust import Trust, trust

OURS = "mx.kintsugi.example"


@pytest.mark.parametrize(
    ("topmost", "verdict"),
    [
        (
            f"{OURS}; spf=pass smtp.mailfrom=x.example; dmarc=pass (p=NONE dis=NONE) header.from=customer.example",
            Trust.VERIFIED,
        ),
        (f"{OURS.upper()} 1; dmarc=pass header.from=customer.example", Trust.VERIFIED),
        (f"{OURS}; dmarc=pass", Trust.VERIFIED),
        (f"{OURS}; dmarc=fail (p=reject; dis=none) header.from=customer.example", Trust.FORGED),
        (f"{OURS}; dmarc=pass header.from=evil.example", Trust.UNKNOWN),
        (f"{OURS}; dmarc=none; dkim=pass header.d=customer.example", Trust.VERIFIED),
        (f"{OURS}; dkim=pass header.i=@mail.customer.example; dkim=fail header.d=x.example", Trust.VERIFIED),
        (f"{OURS}; spf=pass smtp.mailfrom=bounce@customer.example", Trust.VERIFIED),
        (f"{OURS}; spf=pass smtp.mailfrom=list.example; dkim=pass header.d=list.example", Trust.UNKNOWN),
        (f"{OURS}; spf=pass smtp.mailfrom=ustomer.example", Trust.UNKNOWN),
        (f"{OURS}; dmarc=temperror", Trust.UNKNOWN),
        (f"{OURS}; none", Trust.UNKNOWN),
        ("mx.evil.example; dmarc=pass header.from=customer.example", Trust.UNKNOWN),
        ("mx.evil.example; dmarc=fail header.from=customer.example", Trust.UNKNOWN),
        ("spf=pass smtp.mailfrom=customer.example; dmarc=pass action=none header.from=customer.example", Trust.UNKNOWN),
        ("spf=fail smtp.mailfrom=x.example; dmarc=fail action=quarantine header.from=customer.example", Trust.FORGED),
        ("", Trust.UNKNOWN),
    ],
)
def test_it_believes_only_what_our_own_server_wrote(topmost: str, verdict: Trust, settings: Settings) -> None:
    settings.AUTHSERV_ID = OURS
    header = f"Authentication-Results: {topmost}\n"
    assert trust(parse(f"{header}From: Nora <nora@customer.example>\n\nHi".encode())) is verdict


def test_it_reads_the_topmost_header_alone_since_others_came_from_outside(settings: Settings) -> None:
    settings.AUTHSERV_ID = OURS
    theirs = f"Authentication-Results: {OURS}; dmarc=pass header.from=customer.example\n"
    ours = f"Authentication-Results: {OURS}; dmarc=fail header.from=customer.example\n"
    mail = "From: nora@customer.example\n\nHi"
    assert trust(parse(f"{ours}{theirs}{mail}".encode())) is Trust.FORGED
    assert trust(parse(f"Authentication-Results: mx.other.example; none\n{theirs}{mail}".encode())) is Trust.UNKNOWN


def test_it_believes_nothing_where_no_id_is_set() -> None:
    mail = parse(b"Authentication-Results: mx.kintsugi.example; dmarc=fail\nFrom: nora@customer.example\n\nHi")
    assert trust(mail) is Trust.UNKNOWN
