"""Files: named safely, known for what they are, their bytes kept once."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tickets.actions.files import MOST_BYTES, check_upload, safe_name, storage_path, store
from tickets.errors import Invalid


def picture(form: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (4, 4), "red").save(data, form)
    return data.getvalue()


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("tent.jpg", "tent.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\nora\\tent.jpg", "tent.jpg"),
        ("tent\r\nX-Evil: 1.jpg", "tent__X-Evil: 1.jpg"),
        ("photo\u202egpj.exe", "photo_gpj.exe"),
        ("", "file"),
        (" . ", "file"),
        ("n" * 300 + ".jpeg", "n" * 115 + ".jpeg"),
    ],
)
def test_a_name_is_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_grows_too_long(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 140
    assert not set(safe) & set("/\\\0\r\n\u202e") and safe not in {".", ".."}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_known_by_its_bytes_whatever_it_is_called(form: str) -> None:
    assert store("x.bin", "application/octet-stream", picture(form)).content_type == f"image/{form.lower()}"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("image/png", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("text/html", "text/html"),
        ("Application/PDF", "application/pdf"),
        ("text/plain\r\nX: 1", "application/octet-stream"),
        ("nonsense", "application/octet-stream"),
    ],
)
def test_what_only_says_that_it_is_a_picture_is_none(said: str, kept: str) -> None:
    assert store("x", said, b"<svg onload=alert(1)>").content_type == kept


def test_the_same_bytes_are_kept_once() -> None:
    one, two = store("a.txt", "text/plain", b"same"), store("b.txt", "text/plain", b"same")
    assert one.sha256 == two.sha256
    assert default_storage.listdir(f"attachments/{one.sha256[:2]}")[1] == [one.sha256]
    with default_storage.open(storage_path(one.sha256)) as kept:
        assert kept.read() == b"same"


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("tent.jpg", MOST_BYTES + 1, "10.0 MB; up to 10 MB fit"),
        ("tent.jpg", 0, "is empty"),
        ("run.EXE", 10, "is a program"),
        ("invoice.pdf.js", 10, "is a program"),
        ("run.exe ", 10, "is a program"),
        ("run.exe.", 10, "is a program"),
    ],
)
def test_it_refuses_what_nobody_should_send_and_names_it(name: str, size: int, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        check_upload("files", name, size)
    assert list(refused.value.fields) == ["files"]


@pytest.mark.parametrize("name", ["tent.jpg", "invoice.pdf", "exe", "notes.txt", "page.html"])
def test_it_takes_what_people_send(name: str) -> None:
    check_upload("files", name, MOST_BYTES)
