"""Reading what was posted, whatever it is: what cannot be read is answered in words."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from tickets.actions.files import MOST_BYTES, MOST_FILES

MOST_TOGETHER = 5 * MOST_BYTES  # bytes of files in one post; more can follow from the customer's page
MOST_WORDS = 12 * 1024 * 1024  # characters of all fields together
MOST_AT_ONCE = MOST_TOGETHER + MOST_BYTES  # bytes of one request; checked before its body is read

STILL_THERE = "Your browser still has what you typed: go back one page, and send it again with less."
TOO_BIG = f"This is more than we can take at once: {MOST_TOGETHER // 1048576} MB of files fit. {STILL_THERE}"
TOO_LONG = f"This text is far longer than we can take: 100,000 characters fit. {STILL_THERE}"
TOO_MANY = f"These are more files than we can take at once: {MOST_FILES} fit. {STILL_THERE}"
BROKEN = "What you sent arrived in pieces, so nothing of it was kept. Please go back one page and send it again."


class Unreadable(Exception):
    """The request's body cannot be read; `words` says why, and what to do. `status` is the HTTP status of that."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.words = words
        self.status = status


def read(request: HttpRequest) -> None:
    """Read the body of the request; raises Unreadable. Afterwards `POST` and `FILES` are safe to use."""
    if _length(request) > MOST_AT_ONCE:
        raise Unreadable(TOO_BIG, 413)
    try:
        words = sum(len(value) for _, values in request.POST.lists() for value in values)
    except RequestDataTooBig as error:
        raise Unreadable(TOO_LONG, 413) from error
    except (TooManyFilesSent, TooManyFieldsSent) as error:
        raise Unreadable(TOO_MANY, 413) from error
    except (MultiPartParserError, OSError, ValueError) as error:
        raise Unreadable(BROKEN, 400) from error
    if words > MOST_WORDS:
        raise Unreadable(TOO_LONG, 413)


def _length(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
