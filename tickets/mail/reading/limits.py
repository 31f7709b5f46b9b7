"""How much of one mail is read; what lies beyond a limit stays in the stored original and is noted on the mail."""

MOST_BYTES = 25 * 1024 * 1024  # of a mail that is taken in; above it SMTP refuses, and IMAP keeps the headers
RAW_BYTES = 40 * 1024 * 1024
HEADER_LINES = 2_000
HEADER_BYTES = 512 * 1024
HEADER_VALUE = 64 * 1024
REPEATED_HEADERS = 50
MIME_DEPTH = 20
PARTS = 500
ADDRESSES = 200
ADDRESS_CHARACTERS = 64 * 1024  # of one header, all its occurrences together
REFERENCES = 100
SUBJECT_CHARACTERS = 1_000
NAME_CHARACTERS = 200
EMAIL_CHARACTERS = 320  # 64 + @ + 255, RFC 5321 §4.5.3.1
MESSAGE_ID_CHARACTERS = 900
FILE_NAME_CHARACTERS = 150
TEXT_CHARACTERS = 1_000_000
HTML_CHARACTERS = 1_000_000
HTML_CHARACTERS_AS_TEXT = 500_000
HTML_DEPTH = 200
BODY_BYTES = 4 * 1024 * 1024  # of one text part; more than any limit of characters lets through
BASE64_PIECES = 50_000
