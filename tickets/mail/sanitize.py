"""Makes the HTML of a mail safe to show in a frame: an allow-list, no styles, nothing loaded from afar unasked."""

import html as markup
import re

import nh3

from tickets.mail.reading.html_text import cut_html, text_from_html, without_hidden

__all__ = ["safe_html", "text_from_html"]

MOST_LINKS = 5_000
TAGS = {
    "a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
    "table": {"align", "border", "cellpadding", "cellspacing", "width"},
    "td": {"align", "colspan", "rowspan", "valign", "width"},
    "th": {"align", "colspan", "rowspan", "valign", "width"},
    "col": {"span", "width"},
}
WITH_CONTENT = {
    "script",
    "style",
    "title",
    "textarea",
    "select",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
}
SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
RASTER = re.compile(r"data:image/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]*", re.I)
# The sanitiser writes every attribute as name="value" with quotes inside escaped, so that this matches whole tags only.
IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
SOURCE = re.compile(r' src="([^":]*):([^"]*)"')


def safe_html(html: str) -> str:
    """The HTML without scripts, styles and forms; links open without referrer and pass on no rank.

    Remote images keep their address in `data-remote-src`, images of the mail itself their Content-ID in `data-cid`
    (RFC 2392), so that nothing loads before somebody asks. HTML past 1,000,000 characters or 200 levels is cut before
    the sanitiser sees it; past 5,000 links only the text is left.
    """
    cut = without_hidden(cut_html(html))
    if cut.lower().count("<a") > MOST_LINKS:
        return f"<pre>{markup.escape(text_from_html(cut))}</pre>"
    clean = nh3.clean(
        cut,
        tags=TAGS,
        clean_content_tags=WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=allowed_value,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return IMAGE.sub(lambda found: f"<img{SOURCE.sub(held_back, found[1])}>", clean)


def allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """Embedded data only as raster images, Content-IDs only as images; everything else as it is."""
    scheme = value.strip().partition(":")[0].lower() if attribute in ("src", "href") else ""
    if scheme == "data":
        return value if tag == "img" and RASTER.fullmatch(value.strip()) else None
    if scheme == "cid" and tag != "img":
        return None
    if tag == "img" and attribute == "src" and scheme not in ("http", "https", "cid"):
        return None
    return value


def held_back(source: re.Match[str]) -> str:
    """The source of an image under a name that a browser does not load."""
    scheme, rest = source[1].strip().lower(), source[2]
    if scheme == "cid":
        return f' data-cid="{rest}"'
    return source[0] if scheme == "data" else f' data-remote-src="{scheme}:{rest}"'
