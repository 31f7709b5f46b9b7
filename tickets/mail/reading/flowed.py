"""Joins the lines of format=flowed text (RFC 3676 §4)."""

SIGNATURE = "-- "


def unflow(text: str, *, delsp: bool) -> str:
    """The text with one line a paragraph; `delsp` drops the blank that marked a soft line break."""
    done: list[str] = []
    paragraph, depth = "", -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != SIGNATURE
        if depth not in (-1, quotes):
            done.append(quoted(paragraph, depth))
            paragraph = ""
        if content == SIGNATURE and depth == quotes:
            done.append(quoted(paragraph, depth))
            paragraph = ""
        paragraph += content[:-1] if flows and delsp else content
        depth = quotes if flows else -1
        if not flows:
            done.append(quoted(paragraph, quotes))
            paragraph = ""
    return "\n".join([*done, quoted(paragraph, depth)] if depth != -1 else done)


def quoted(paragraph: str, depth: int) -> str:
    return f"{'>' * depth} {paragraph}" if depth > 0 else paragraph
