"""What comes in, read within bounds: too much is a 413, what no database could hold is a 400, before a view sees it."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from tickets.actions.files import MOST_BYTES, MOST_FILES

MOST_JSON = 12 * 1024 * 1024  # bytes
MOST_MULTIPART = MOST_BYTES * (MOST_FILES + 1)


class Json(JSONParser):
    """JSON of at most MOST_JSON bytes, without halves of characters (RFC 8259 §8.2)."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        data = stream.read(MOST_JSON + 1)
        if len(data) > MOST_JSON:
            raise RequestDataTooBig
        try:
            parsed = super().parse(BytesIO(data), media_type, parser_context)
            if b"\\ud" in data.lower():
                json.dumps(parsed, ensure_ascii=False).encode()
        except ParseError:
            raise ParseError("This is not JSON that can be read. Nothing was changed.") from None
        except RecursionError:
            raise ParseError("This JSON is nested too deeply to be read.") from None
        except UnicodeEncodeError:
            raise ParseError("The text holds half a character, which cannot be kept.") from None
        return parsed


class Multipart(MultiPartParser):
    """A form with files, of at most what all files of one message may weigh."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> DataAndFiles:
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_MULTIPART:
            raise RequestDataTooBig
        return super().parse(stream, media_type, parser_context)
