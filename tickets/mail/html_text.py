"""Makes plain text from HTML by an own walk over the parsed tree, and cuts HTML that would keep a parser busy."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tickets.mail import limits

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "textarea", "select"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tr", "ul",
}  # fmt: skip
APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}


def cut_html(html: str) -> str:
    """The HTML up to 1,000,000 characters and up to the first tag that is nested deeper than 200.

    Sanitiser and parser need time that grows with the square of the depth, so the cut comes before them.
    """
    html = html[: limits.HTML_CHARACTERS]
    depth = 0
    for found in TAG.finditer(html):
        if found[2].lower() in VOID:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > limits.HTML_DEPTH:
            return html[: found.start()]
    return html


def text_from_html(html: str) -> str:
    """The words that a reader of the HTML sees, one line a block, `> ` before quotes; never raises."""
    tree = LexborHTMLParser(cut_html(html))
    return tidy("".join(walk(tree.body))) if tree.body else ""


def walk(body: LexborNode) -> Iterator[str]:
    """Texts and line ends in the order of reading, without recursion. \\x01 and \\x02 stand around a quote."""
    stack: list[LexborNode | str] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield text_of(node)
        elif (tag := node.tag or "") not in UNSEEN:
            before, after = around(node, tag)
            yield before
            stack.append(after)
            stack.extend(reversed(list(node.iter(include_text=True))))


def text_of(node: LexborNode) -> str:
    text = node.text_content or ""
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return text
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def around(node: LexborNode, tag: str) -> tuple[str, str]:
    """What stands before and after the content of an element."""
    if tag == "br":
        return "\n", ""
    if tag == "li":
        return "\n- ", "\n"
    if tag in ("td", "th"):
        return "", " "
    if tag == "blockquote":
        return "\n\n\x01\n", "\n\x02\n\n"
    if tag == "a":
        return "", link_target(node)
    if tag in APART:
        return "\n\n", "\n\n"
    return ("\n", "\n") if tag in BLOCKS else ("", "")


def link_target(node: LexborNode) -> str:
    """The address of a link, unless its words show it already."""
    target = (node.attributes.get("href") or "").strip()
    shown = (node.text() or "").strip()
    if not target.lower().startswith(("http://", "https://")) or target.rstrip("/") in shown or not shown:
        return ""
    return f" <{target[:500]}>"


def tidy(text: str) -> str:
    """Lines trimmed, at most one empty line together, quotes marked."""
    depth, lines = 0, list[str]()
    for line in text.replace("\xa0", " ").split("\n"):
        depth += line.count("\x01")
        words = re.sub("[\x01\x02]", "", line).strip()
        if words or (lines and lines[-1].strip("> ")):
            lines.append("> " * min(depth, 10) + words if words else "")
        depth = max(0, depth - line.count("\x02"))
    return "\n".join(lines).strip()
