"""Secrets that only our own key opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tickets.sealing import Unsealable, seal, unseal


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_it_opens_what_it_sealed(text: str) -> None:
    assert unseal(seal(text)) == text


def test_it_shows_nothing_of_the_secret_and_never_seals_it_the_same_way() -> None:
    once, again = seal("a secret of ours"), seal("a secret of ours")
    assert once != again and "secret" not in once


@pytest.mark.parametrize("place", [0, 20, -3])
def test_it_refuses_what_was_changed(place: int) -> None:
    sealed = seal("a secret of ours")
    changed = "A" if sealed[place] != "A" else "B"
    with pytest.raises(Unsealable):
        unseal(sealed[:place] + changed + sealed[place:][1:])


def test_it_opens_under_an_older_key_and_under_no_other(settings: Settings) -> None:
    sealed, was = seal("a secret of ours"), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    with pytest.raises(Unsealable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [was]
    assert unseal(sealed) == "a secret of ours"


@pytest.mark.parametrize("nonsense", ["", "x", "AAAA", "ä"])
def test_it_refuses_nonsense(nonsense: str) -> None:
    with pytest.raises(Unsealable):
        unseal(nonsense)
