"""JSON from strangers: what a document of many names costs is work that grows with its length, not with its square."""

import pytest

from syndicate.core.errors import BadInput, TooLarge
from syndicate.ingest import jsondoc


class Name(str):
    """A name that counts how often it is compared with another."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Name.compared += 1
        return str.__eq__(self, other)


def test_a_name_that_stands_twice_among_thousands_is_found_with_one_look_at_each():
    names = [Name(f"n{number}") for number in range(2000)]
    with pytest.raises(BadInput, match="'n1999' stands twice"):
        jsondoc._unique([(name, 0) for name in (*names, Name("n1999"))])
    assert Name.compared < 10 * len(names)


@pytest.mark.parametrize(
    ("document", "name"), [('{"a": 1, "b": 2, "b": 3, "a": 4}', "b"), ('{"a": {"": 1, "": 2}}', "")]
)
def test_the_first_name_that_stands_again_is_named(document, name):
    with pytest.raises(BadInput) as refused:
        jsondoc.load(document.encode())
    assert repr(name) in refused.value.detail


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_depth_has_a_limit_of_our_own():
    assert jsondoc.load(nested(jsondoc.MAX_DEPTH)) is not None
    for depth in (jsondoc.MAX_DEPTH + 1, 1000, 200_000):
        with pytest.raises(BadInput, match="nested more than 64 deep"):
            jsondoc.load(nested(depth))


@pytest.mark.parametrize("document", ["NaN", "[Infinity]", '{"a": -Infinity}', "1" * 5000, '{"a": ' + "9" * 5000 + "}"])
def test_numbers_that_no_other_reader_takes_are_refused(document):
    with pytest.raises(BadInput):
        jsondoc.load(document.encode())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[1, 2]", [1, 2]),
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": 1}\n', [{"a": 1}]),
        ('{"a": 1}\n\n{"b": 2}\r\n', [{"a": 1}, {"b": 2}]),
        ('\ufeff{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{\n"a": 1\n}', [{"a": 1}]),
    ],
    ids=["array", "object", "object-and-line-end", "lines", "lines-with-a-mark", "object-over-lines"],
)
def test_many_are_an_array_lines_or_one(text, values):
    assert jsondoc.load_many(text.encode()) == values


def test_a_broken_line_says_which_it_is_and_leaves_the_others():
    first, broken, last = jsondoc.load_many(b'{"a": 1}\n{"b": \n{"c": 3}')
    assert (first, last) == ({"a": 1}, {"c": 3})
    assert (broken.extra["line"], broken.detail[:6]) == (2, "Line 2")


def test_the_first_of_many_is_read_alone():
    assert jsondoc.load_first(b'{"a": 1}\n{"b": ') == {"a": 1}
    assert jsondoc.load_first(b'[{"a": 1}, 2]') == {"a": 1}
    assert jsondoc.load_first(b"[]") is None


def test_too_many_lines_are_refused_before_they_are_read():
    with pytest.raises(TooLarge, match="At most 10000 lines"):
        jsondoc.load_many(b"{}\n" * 10_001)
