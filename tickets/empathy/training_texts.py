"""Reads the labelled texts that a shipped mood model may learn from."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LABELS = ("unhappy", "neutral", "happy")
RESERVED = "reserved"
# How much one text of a source counts: forum comments are noisy, reviews and our own requests are close to a desk.
IMPORTANCE = {
    "goemotions": 0.5,
    "vader_tweets": 2.0,
    "vader_amazon": 3.0,
    "uci_yelp": 4.0,
    "uci_amazon": 4.0,
    "uci_imdb": 1.0,
    "banking77": 1.5,
    "own_requests": 2.0,
    "own": 4.0,
}


class BadTrainingText(ValueError):
    """A table of training texts cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with one of LABELS; a `reserved` one sets the threshold and is never learnt from."""

    text: str
    label: str
    source: str
    reserved: bool


def texts_of(folder: Path, locale: str) -> list[LabelledText]:
    """Return all texts of a language below a folder, in order of file and line; raises BadTrainingText.

    Tables are `<locale>/*.tsv.gz` with the columns text, label, source, split; own texts are `<locale>/own/<label>.txt`
    with one text a line.
    """
    texts = [text for path in sorted((folder / locale).glob("*.tsv.gz")) for text in _table(path)]
    texts += [text for path in sorted((folder / locale / "own").glob("*.txt")) for text in _own(path)]
    if not texts:
        raise BadTrainingText(f"{folder / locale} holds no tables and no own texts.")
    return texts


def _table(path: Path) -> Iterator[LabelledText]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            cells = line.rstrip("\n").split("\t")
            if number == 1:
                continue
            if len(cells) != 4 or cells[1] not in LABELS or cells[2] not in IMPORTANCE:
                raise BadTrainingText(f"{path.name}, line {number}: not text, label, known source, split.")
            yield LabelledText(cells[0], cells[1], cells[2], cells[3] == RESERVED)


def _own(path: Path) -> Iterator[LabelledText]:
    if path.stem not in LABELS:
        raise BadTrainingText(f"{path.name} must be named after a label: {', '.join(LABELS)}.")
    return (LabelledText(line, path.stem, "own", False) for line in path.read_text("utf-8").splitlines() if line)
