"""Which addresses leave, and in what form: a table."""

import pytest

from syndicate.cleaning.addresses import clean_address

BASE = "https://news.example.org/2026/03/story?id=7"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://www.example.org/a?b=1#c", "https://www.example.org/a?b=1#c"),
        ("HTTP://Example.ORG", "http://example.org/"),
        ("../about", "https://news.example.org/2026/about"),
        ("/about", "https://news.example.org/about"),
        ("?page=2", "https://news.example.org/2026/03/story?page=2"),
        ("//cdn.example.org/x.jpg", "https://cdn.example.org/x.jpg"),
        ("https://example.org/?utm_source=a&id=5&fbclid=b&gclid=c", "https://example.org/?id=5"),
        ("https://example.org/?a=1&amp;utm_medium=x", "https://example.org/?a=1"),
        ("https://example.org/?UTM_Source=a", "https://example.org/"),
        ("https://example.org/two words", "https://example.org/two%20words"),
        ("https://example.org/ժամանակ", "https://example.org/ժամանակ"),
        ("https://example.org/%D5%AA", "https://example.org/%D5%AA"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("tel:+37410000000", "tel:+37410000000"),
        ("https://exa\nmple.org/", "https://example.org/"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3Dx&h=y", "https://example.org/a"),
        ("https://www.google.com/url?q=https://example.org/b&sa=D", "https://example.org/b"),
        ("https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fc", "https://example.org/c"),
        ("https://urldefense.com/v3/__https://example.org/d__;!!x", "https://example.org/d"),
        (
            "https://www.google.com/search?q=https://example.org/",
            "https://www.google.com/search?q=https://example.org/",
        ),
    ],
)
def test_an_address_is_made_absolute_and_freed_of_tracking(given, expected):
    assert clean_address(given, BASE) == expected
    assert clean_address(expected) == expected


@pytest.mark.parametrize(
    "given",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "\x00javascript:alert(1)",
        "\x01 javascript:alert(1)",
        "javascript:123",
        "data:text/html,x",
        "vbscript:x",
        "file:///C:/x.png",
        "blob:https://example.org/x",
        "view-source:https://example.org/",
        "https://user:secret@example.org/",
        "https://example.org@evil.example/",
        "https:///example.org",
        "http:example",
        "https://[::1",
        "https://exa mple.org/",
        "mailto:",
        "",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_what_is_no_plain_web_mail_or_telephone_address_is_none(given):
    assert clean_address(given, "") is None
