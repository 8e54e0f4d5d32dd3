"""JSON from strangers: what a document of many names costs is work that grows with its length, not with its square."""

import pytest

from syndicate.core.errors import BadInput
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
