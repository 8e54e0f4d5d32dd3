"""Selectors for furniture: the part of CSS that outlets need, found fast.

    .share-box  #comments  div.promo  [data-ad]  [id^=ad-]  .entry > .meta  .post .related, .sponsor-*

A compound is a name, classes, ids and attributes in any mixture; compounds are joined by a space (inside) or by >
(directly inside), selectors by a comma. Our one addition: `.share-*` is a class that begins so. Many selectors
together are looked up by class, id and name, so that three hundred rules cost little more than three.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from syndicate.cleaning.tree import Element
from syndicate.core.errors import BadInput

_COMPOUND = re.compile(
    r"(?P<name>[\w-]+|\*)|\.(?P<cls>[\w-]+\*?)|#(?P<id>[\w-]+)"
    r"|\[(?P<attr>[\w:-]+)(?:(?P<op>[~^$*|]?=)(?P<quote>[\"']?)(?P<value>[^\"'\]]*)(?P=quote))?\]"
)
_WORDS = re.compile(r"(?:\[[^\]]*\]|[^\s>])+|>")
_REMEMBERED, _LONGEST = 4096, 500
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda have, want: have == want,
    "^=": lambda have, want: have.startswith(want),
    "$=": lambda have, want: have.endswith(want),
    "*=": lambda have, want: want in have,
    "~=": lambda have, want: want in have.split(),
    "|=": lambda have, want: have == want or have.startswith(want + "-"),
}


@dataclass(slots=True)
class Compound:
    """The tests on one element. `direct`: the compound before it must be its parent, not any ancestor."""

    name: str = ""
    classes: list[str] = field(default_factory=list)
    identity: str = ""
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    direct: bool = False

    def matches(self, element: Element) -> bool:
        if self.name and element.tag != self.name:
            return False
        if self.identity and element.get("id") != self.identity:
            return False
        if self.classes:
            have = (element.get("class") or "").split()
            if not all(_has_class(have, want) for want in self.classes):
                return False
        return all(_passes(element.get(name), op, value) for name, op, value in self.attributes)


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector and the reason that the report gives for what it finds."""

    selector: str
    why: str
    compounds: tuple[Compound, ...]

    def matches(self, element: Element) -> bool:
        return self.compounds[-1].matches(element) and _inside(element, self.compounds)


class RuleSet:
    """Rules by what their last compound asks for first."""

    def __init__(self, rules: list[Rule]) -> None:
        self._by_class: dict[str, list[Rule]] = {}
        self._by_identity: dict[str, list[Rule]] = {}
        self._by_name: dict[str, list[Rule]] = {}
        self._by_attribute: dict[str, list[Rule]] = {}
        self._others: list[Rule] = []
        prefixes: dict[str, list[Rule]] = {}
        for rule in rules:
            last = rule.compounds[-1]
            if last.identity:
                self._by_identity.setdefault(last.identity, []).append(rule)
            elif last.classes and last.classes[0].endswith("*"):
                prefixes.setdefault(last.classes[0][:-1], []).append(rule)
            elif last.classes:
                self._by_class.setdefault(last.classes[0], []).append(rule)
            elif last.name and last.name != "*":
                self._by_name.setdefault(last.name, []).append(rule)
            elif last.attributes:
                self._by_attribute.setdefault(last.attributes[0][0], []).append(rule)
            else:
                self._others.append(rule)
        self._prefixes = prefixes
        self._by_classes: dict[str, tuple[Rule, ...]] = {}  # class attributes repeat a great deal
        longest_first = sorted(prefixes, key=len, reverse=True)
        self._prefix = re.compile(rf"(?:^|\s)({'|'.join(map(re.escape, longest_first))})") if prefixes else None

    def _for_classes(self, classes: str) -> tuple[Rule, ...]:
        exact = [rule for one in classes.split() for rule in self._by_class.get(one, ())]
        begun = self._prefix.findall(classes) if self._prefix else []
        return (*exact, *(rule for prefix in begun for rule in self._prefixes[prefix]))

    def find(self, element: Element) -> Rule | None:
        """The first rule that the element falls under."""
        candidates: list[Rule] = []
        if (named := self._by_name.get(str(element.tag))) is not None:
            candidates += named
        if classes := (element.get("class") or "")[:_LONGEST]:
            if classes not in self._by_classes:
                if len(self._by_classes) >= _REMEMBERED:
                    self._by_classes.clear()
                self._by_classes[classes] = self._for_classes(classes)
            candidates += self._by_classes[classes]
        if identity := element.get("id"):
            candidates += self._by_identity.get(identity, ())
        for attribute, rules in self._by_attribute.items():
            if element.get(attribute):
                candidates += rules
        if not candidates and not self._others:
            return None
        return next((rule for rule in (*candidates, *self._others) if rule.matches(element)), None)


@lru_cache(maxsize=256)
def compiled(selectors: tuple[str, ...], why: str) -> RuleSet:
    """A set of rules that share a reason, as outlets give them. Raises BadInput naming a selector that is none."""
    return RuleSet([rule for selector in selectors for rule in parse(selector, why)])


def parse(selectors: str, why: str) -> list[Rule]:
    """The rules of a comma-separated list."""
    return [Rule(one.strip(), why, _compounds(one.strip())) for one in selectors.split(",") if one.strip()]


def _compounds(selector: str) -> tuple[Compound, ...]:
    compounds: list[Compound] = []
    direct = False
    for word in _WORDS.findall(selector[:_LONGEST]):
        if word == ">" and compounds and not direct:
            direct = True
            continue
        compounds.append(_compound(word, selector, direct))
        direct = False
    if not compounds or direct:
        raise BadInput(f"{selector[:100]!r} is not a selector", selector=selector[:100])
    return tuple(compounds)


def _compound(word: str, selector: str, direct: bool) -> Compound:
    made, position = Compound(direct=direct), 0
    while position < len(word):
        part = _COMPOUND.match(word, position)
        if part is None or (part["name"] and position):
            raise BadInput(f"{selector[:100]!r} is not a selector: see {word[:40]!r}", selector=selector[:100])
        if part["name"]:
            made.name = "" if part["name"] == "*" else part["name"].lower()
        elif part["cls"]:
            made.classes.append(part["cls"])
        elif part["id"]:
            made.identity = part["id"]
        else:
            made.attributes.append((part["attr"], part["op"] or "", part["value"] or ""))
        position = part.end()
    return made


def _inside(element: Element, compounds: tuple[Compound, ...]) -> bool:
    """Are the compounds before the last found around the element, in their order?"""
    place: Element | None = element
    for number in range(len(compounds) - 2, -1, -1):
        wanted, direct = compounds[number], compounds[number + 1].direct
        place = place.getparent() if place is not None else None
        while place is not None and not direct and not wanted.matches(place):
            place = place.getparent()
        if place is None or not wanted.matches(place):
            return False
    return True


def _has_class(have: list[str], want: str) -> bool:
    return any(one.startswith(want[:-1]) for one in have) if want.endswith("*") else want in have


def _passes(have: str | None, op: str, want: str) -> bool:
    return have is not None and (not op or _TESTS[op](have, want))
