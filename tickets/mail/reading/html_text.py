"""Makes plain text from HTML by an own walk over the parsed tree, and cuts HTML that would keep a parser busy."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tickets.mail.quoting import marker
from tickets.mail.reading import limits

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})[^>]*>?")
# Elements that hold nothing, or that the parser closes when the next of their kind opens.
UNNESTED = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt",
    "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "html", "head", "body",
}  # fmt: skip
UNEVEN = re.compile(r"[\t\r\n\f]|  ")
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "textarea", "select"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tr", "ul",
}  # fmt: skip
# Such as the preview line of a newsletter.
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
OPEN, CLOSE = "\n\n\x01\n", "\n\x02\n\n"
# What mail programs call the element that holds the answered mail. Prefixes come from programs that rewrite names.
MARKED = {"div", "span", "p", "hr", "section", "table"}
QUOTE_NAME = re.compile(
    r"(?:x_|m_-?\d+)*(?:gmail_quote(?:_container)?|gmail_attr|yahoo_quoted|yahoo_quoted_\w*|protonmail_quote|tutanota_quote|moz-cite-prefix"
    r"|zmail_extra|reply-intro|ms-outlook-mobile-reference-message|mail_quote|replyforwardquote|mailcontent-quote|missive_quote|isreplycontent|__quoted_text__|__headers__)",
    re.I,
)
OLD_MAIL_NAME = re.compile(
    r"(?:x_|m_-?\d+)*(?:divRplyFwdMsg|appendonsend|zwchr|OutlookMessageHeader|mail-editor-reference-message-container"
    rf"|{marker.HTML_CLASS})",
    re.I,
)
OUTLOOK_BORDER = re.compile(r"border-top:\s*solid\s+#[0-9a-f]{3,6}\s+1\.0pt", re.I)
OUTLOOK_HEAD = re.compile(r"\s*\w[^:\n]{0,20}:")
MARKS = (
    "gmail_quote", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "moz-cite-prefix", "zmail_extra", "reply-intro",
    "mail_quote", "missive_quote", "isreplycontent", "zwchr", "__quoted_text__", 'name="quote"', "divrplyfwdmsg",
    "appendonsend", "outlookmessageheader", "reference-message", 'type="cite', "type=cite", "border-top:solid",
    marker.HTML_CLASS,
)  # fmt: skip
APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}


def names_old_mail(html: str) -> bool:
    """Whether a mail program marked in the HTML what is not new."""
    lowered = html.lower()
    return any(mark in lowered for mark in MARKS)


def cut_html(html: str) -> str:
    """The HTML up to 1,000,000 characters, without the tags that are nested deeper than 200; their text stays.

    Sanitiser and parser need time that grows with the square of the depth, so the cut comes before them.
    """
    html = html[: limits.HTML_CHARACTERS]
    if html.count("<") <= limits.HTML_DEPTH:
        return html
    opened: Counter[str] = Counter()
    kept: list[str] = []
    depth = last = 0
    for found in TAG.finditer(html):
        closing, name = found[1], found[2].lower()
        if name in UNNESTED or (closing and not opened[name]):
            continue
        if depth + (not closing) > limits.HTML_DEPTH:
            kept.append(html[last : found.start()])
            last = found.end()
        step = -1 if closing else 1
        opened[name] += step
        depth += step
    return "".join([*kept, html[last:]])


def without_hidden(html: str) -> str:
    """The HTML without what its styles hide and our own reference: the sanitiser drops the styles and would show both."""
    html = marker.without_references(html)
    if not HIDDEN_STYLE.search(html):
        return html
    tree = LexborHTMLParser(html)
    hidden = [node for node in tree.css("[style]") if is_hidden(node)]
    for node in reversed(hidden):  # inner ones first: an outer one takes them along, and they must not be touched then
        node.decompose()
    return tree.body.html or "" if tree.body else ""


def text_from_html(html: str) -> str:
    """The words that a reader of the HTML sees, one line a block, `> ` before quotes; never raises."""
    tree = LexborHTMLParser(cut_html(html[: limits.HTML_CHARACTERS_AS_TEXT]))
    return tidy("".join(walk(tree.body))) if tree.body else ""


def walk(body: LexborNode) -> Iterator[str]:
    """Texts and line ends in the order of reading, without recursion, with marks around quotes."""
    stack: list[LexborNode | str] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield text_of(node)
        elif (tag := node.tag or "") not in UNSEEN and not is_hidden(node):
            if tag in MARKED and begins_old_mail(node):
                yield OPEN  # never closed: all that follows was written by others
            before, after = around(node, tag)
            yield before
            stack.append(after)
            stack.extend(reversed(list(node.iter(include_text=True))))


def is_hidden(node: LexborNode) -> bool:
    """Whether the sender's own program shows none of it."""
    style = node.attributes.get("style") if node.attributes else None
    return bool(style and HIDDEN_STYLE.search(style))


def text_of(node: LexborNode) -> str:
    text = marker.without_references(node.text_content or "")
    if not UNEVEN.search(text):
        return text
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return text
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def around(node: LexborNode, tag: str) -> tuple[str, str]:
    """What stands before and after the content of an element."""
    if tag == "br":
        return "\n", ""
    if tag == "li":
        return "\n- ", ""
    if tag in ("td", "th"):
        return "", " "
    if tag == "blockquote" or (tag in MARKED and is_quote(node)):
        return OPEN, CLOSE
    if tag == "a":
        return "", link_target(node)
    if tag in APART:
        return "\n\n", "\n\n"
    return ("\n", "\n") if tag in BLOCKS else ("", "")


def is_quote(node: LexborNode) -> bool:
    """Whether a mail program put the answered mail, or the line above it, into this element."""
    if not (attributes := node.attributes):
        return False
    if attributes.get("name") == "quote":  # GMX and WEB.DE
        return True
    names = " ".join(attributes.get(name) or "" for name in ("class", "id", "data-marker")).split()
    return any(QUOTE_NAME.fullmatch(name) for name in names)


def begins_old_mail(node: LexborNode) -> bool:
    """Whether the answered mail follows from here to the end, as Outlook marks it."""
    if not (attributes := node.attributes):
        return False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
    if any(OLD_MAIL_NAME.fullmatch(name) for name in names):
        return True
    return bool(OUTLOOK_BORDER.search(attributes.get("style") or "")) and bool(OUTLOOK_HEAD.match(first_words(node)))


def first_words(node: LexborNode) -> str:
    """The first text in an element that is not blank."""
    texts = (child.text_content or "" for child in node.traverse(include_text=True) if child.is_text_node)
    return next((text for text in texts if text.strip()), "")


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
        words = line.replace("\x01", "").replace("\x02", "").strip()
        if words or (lines and lines[-1].strip("> ")):
            lines.append("> " * min(depth, 10) + words if words else "")
        depth = max(0, depth - line.count("\x02"))
    return "\n".join(lines).strip()
