"""Who a customer is: addresses that can be answered, each known by one key."""

import pytest

from tests.cast import NOW, Cast
from tickets.actions.customers import address_key, check_email, customer_at
from tickets.errors import Invalid
from tickets.models import Customer


@pytest.mark.parametrize(
    ("email", "key"),
    [
        ("Nora@Example.COM", "nora@example.com"),
        (" nora@example.com ", "nora@example.com"),
        ("nora@bücher.example", "nora@xn--bcher-kva.example"),
        ("nora@BÜCHER.example", "nora@xn--bcher-kva.example"),
        ("o'neill+shop@example.com", "o'neill+shop@example.com"),
    ],
)
def test_an_address_is_known_by_one_key(email: str, key: str) -> None:
    assert address_key(email) == key
    assert address_key(key) == key


@pytest.mark.parametrize(
    "email", ["nora@example.com", "a@b.co", "first.last+tag@sub.example.co.uk", "x@bücher.example"]
)
def test_it_takes_what_can_be_answered(email: str) -> None:
    assert check_email("email", f" {email} ") == email


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nora",
        "@example.com",
        "nora@",
        "nora@localhost",
        "nora@example..com",
        "a b@example.com",
        "nora@example.com, jo@example.com",
        "nora@example.com\r\nBcc: all@example.com",
        "nora@example.com\0",
        "<nora@example.com>",
        f"{'n' * 65}@example.com",
        f"nora@{'e' * 320}.com",
        "nora@-example.com",
    ],
)
def test_it_refuses_what_cannot_by_name_of_its_field(email: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_email("cc", email)
    assert list(refused.value.fields) == ["cc"]


def test_one_address_is_one_customer_and_a_name_is_always_there(cast: Cast) -> None:
    first = customer_at("nora@example.com", " Nora \0 W. ", NOW)
    assert first.customer.name == "Nora W."
    assert customer_at("NORA@example.com", "Somebody", NOW).customer == first.customer
    assert customer_at("jo.bell@example.com", " ", NOW).customer.name == "jo.bell"
    assert Customer.objects.count() == 2
