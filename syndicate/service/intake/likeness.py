"""Near-duplicates: two stories that say nearly the same, told to the editor in percent.

MinHash (Broder 1997) over runs of words: the share of equal values in two signatures estimates the share of runs that
the texts have in common. Banding (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4) finds whom to compare
with: 16 bands of 8 values meet in one with probability 0.95 where four fifths are in common, 0.003 where a third is.
"""

import hashlib
import re
from array import array
from collections.abc import Mapping, Sequence

from rensa import RMinHash

from syndicate.core.newsitem import SourceItem
from syndicate.store import Store, Tx

COMPARE = "compare"  # the kind of job
AT_ONCE = 20
LEAST_PERCENT = 70
VALUES, BANDS, SEED = 128, 16, 1
RUN_WORDS, RUN_LETTERS, LEAST_RUNS = 4, 9, 20

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")


def compare(store: Store) -> None:
    """Sketch each text that has come since, and say which stories are like it. Doing it twice changes nothing."""
    while drawn := _draw(store):
        with store.begin() as tx:
            for ref, (revision, signature) in drawn.items():
                _tell(tx, ref, signature)
                tx.likenesses.compared(ref, revision)


def _draw(store: Store) -> Mapping[str, tuple[int, bytes]]:
    """The number and signature of the newest text of a few stories that nobody compared yet, by id."""
    with store.read() as tx:
        stories = [tx.stories.get(ref) for ref in tx.likenesses.uncompared(limit=AT_ONCE)]
    return {story.id: (story.revision, sketch(story.source)) for story in stories}


def _tell(tx: Tx, ref: str, signature: bytes) -> None:
    others = tx.likenesses.near(ref, bands(signature))
    percents = {other: percent_alike(signature, theirs) for other, theirs in others.items()}
    tx.likenesses.sketch(ref, signature, bands(signature))
    tx.likenesses.set(ref, {other: percent for other, percent in percents.items() if percent >= LEAST_PERCENT})


def sketch(item: SourceItem) -> bytes:
    """The signature of an item's text; empty where there is too little of it to compare."""
    runs = _runs(_TAG.sub(" ", item.body_html).casefold())
    if len(runs) < LEAST_RUNS:
        return b""
    minhash = RMinHash(num_perm=VALUES, seed=SEED)
    minhash.update(runs)
    return array("I", minhash.digest()).tobytes()


def bands(signature: bytes) -> Sequence[str]:
    width = len(signature) // BANDS
    pieces = (signature[at : at + width] for at in range(0, len(signature), width or 1))
    return [f"{number}:{hashlib.blake2b(piece, digest_size=8).hexdigest()}" for number, piece in enumerate(pieces)]


def percent_alike(one: bytes, other: bytes) -> int:
    """The estimated share of runs in common, from 0 to 100."""
    mine, theirs = array("I", one), array("I", other)
    return round(100 * sum(a == b for a, b in zip(mine, theirs, strict=True)) / len(mine))


def _runs(text: str) -> list[str]:
    """Overlapping runs of words; of letters in a script that sets no spaces between words."""
    words = _WORD.findall(text)
    if sum(map(len, words)) > 15 * len(words):
        letters = "".join(words)
        return [letters[at : at + RUN_LETTERS] for at in range(len(letters) - RUN_LETTERS + 1)]
    return [" ".join(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)]
