"""HTML of strangers, made safe to show."""

from tickets.mail.quoting import marker
from tickets.mail.sanitize import safe_html, text_from_html


def test_it_drops_scripts_styles_handlers_and_their_content():
    safe = safe_html(
        '<p onclick="x()" style="position:fixed">hi<script>evil()</script><svg><text>x</text></svg></p><style>a{}</style>'
    )
    assert safe == "<p>hi</p>"


def test_it_keeps_remote_images_from_loading():
    safe = safe_html('<img src="https://track.example/a.png?x=1&y=2">')
    assert safe == '<img data-remote-src="https://track.example/a.png?x=1&amp;y=2">'


def test_it_marks_images_of_the_mail_itself():
    assert safe_html('<img src="cid:pic@x" alt="a">') == '<img data-cid="pic@x" alt="a">'


def test_it_drops_sources_without_scheme_and_data_that_is_no_image():
    assert safe_html('<img src="//track.example/a.png"><img src="data:text/html,x">') == "<img><img>"


def test_it_lets_links_open_without_rank_and_refuses_script_links():
    assert 'rel="noopener nofollow"' in safe_html('<a href="https://a.example">a</a>')
    assert "javascript" not in safe_html('<a href="javascript:alert(1)">a</a>')


def test_it_leaves_words_alone_that_only_look_like_an_image():
    assert 'src="http://x"' in safe_html('<p>write src="http://x" there</p>')


def test_it_shows_nothing_that_the_sender_hid():
    hidden = '<div style="display:none">preview <span style="DISPLAY : none">of it</span></div>'
    reference = f"<span>{marker.reference('0123456789abcdef@kintsugi.example')}</span>"
    html = f'{hidden}<table><tr><td style="font-size:0"><p style="font-size:14px">Dear Nora</p></td></tr></table>{reference}'
    assert text_from_html(html) == "Dear Nora"
    assert "preview" not in safe_html(html) and "ref:" not in safe_html(html) and "Dear Nora" in safe_html(html)


def test_it_keeps_the_words_of_html_nested_past_the_limit():
    deep = "<div>" * 3_000 + "still here" + "</div>" * 3_000
    assert text_from_html(deep) == "still here"
    assert "still here" in safe_html(deep)


def test_it_shows_plain_text_past_5000_links():
    assert safe_html('<a href="https://a.example">x</a>' * 5_001).startswith("<pre>")


def test_it_writes_blocks_lists_links_and_quotes_as_text():
    html = '<p>One</p><ul><li>two</li></ul><a href="https://a.example/b">three</a><blockquote>old</blockquote>'
    assert text_from_html(html).split("\n") == ["One", "", "- two", "", "three <https://a.example/b>", "", "> old"]
