"""How long cleaning takes, beside bare bleach, nh3 and lxml on the same articles in the same run.

    python bench/cleaning.py [--json]

The articles are of our own writing, as a WordPress site sends them: half text, half markup. Each figure is the best of
many runs, so that what else the machine does counts least; the four take turns, so that it counts alike.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter

import nh3
from bleach.sanitizer import Cleaner
from lxml import etree
from lxml import html as lxml_html

from syndicate.cleaning import clean
from syndicate.cleaning.vocabulary import ELEMENTS, GLOBAL_ATTRIBUTES

BASE = "https://www.hillside-post.example/2026/03/road/"
LEAD = """<figure class="wp-block-image size-large"><img decoding="async" loading="lazy" width="1024" height="683"
src="/uploads/road-1024x683.jpg" alt="A road" class="wp-image-11" srcset="/uploads/road-1024x683.jpg 1024w,
/uploads/road-300x200.jpg 300w" sizes="(max-width: 1024px) 100vw"/><figcaption class="wp-element-caption">The closed
road (Photo: Ani Example)</figcaption></figure>
"""
PARAGRAPHS = (
    """<p class="has-text-align-left">The regional council met on <strong>Tuesday</strong> to discuss the <a
href="/roads?utm_source=feed&amp;utm_medium=link" target="_blank" rel="noreferrer noopener">repair of the mountain
road</a>, which has been closed since a landslide in March. “We cannot wait for another winter,” the deputy governor
said&nbsp;— adding that work would begin <em>within weeks</em>.</p>
""",
    """<p>Three villages depend on it. The school bus takes the long way round, forty minutes each morning, and the
baker of the upper village has not been down since the stones fell.</p>
""",
    """<h2 class="wp-block-heading" id="h-next">What comes next</h2>
<ul class="wp-block-list"><li>Stones are to be removed by Friday.</li>
<li>A wall is to be built in May.</li></ul>
""",
    """<blockquote class="wp-block-quote"><p>Nobody asked us where the stones come down.</p></blockquote>
""",
)
FOOT = """<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><div class="sd-content">
<ul><li><a href="?share=facebook" class="share-facebook"><span>Facebook</span></a></li></ul></div></div>
"""
SIZES = {"5 KB": 5_000, "50 KB": 50_000, "500 KB": 500_000}


def article(size: int) -> str:
    parts, length, number = [LEAD], len(LEAD) + len(FOOT), 0
    while length < size:
        parts.append(PARAGRAPHS[number % len(PARAGRAPHS)])
        length += len(parts[-1])
        number += 1
    return "".join((*parts, FOOT))


def contenders() -> dict[str, Callable[[str], object]]:
    attributes = {tag: sorted(names | GLOBAL_ATTRIBUTES) for tag, names in ELEMENTS.items()}
    bleach = Cleaner(tags=frozenset(ELEMENTS), attributes=attributes, strip=True)
    ammonia = nh3.Cleaner(
        tags=set(ELEMENTS), attributes={tag: set(names) - {"rel"} for tag, names in attributes.items()}
    )
    return {
        "ours": lambda html: clean(html, base_url=BASE),
        "bleach": bleach.clean,
        "nh3": ammonia.clean,
        "lxml": lambda html: etree.tostring(lxml_html.fragment_fromstring(html, create_parent="div")),
    }


def measure(runs: dict[str, Callable[[str], object]], html: str, rounds: int) -> dict[str, float]:
    """Milliseconds for each, the best of its rounds."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, run in runs.items():
            start = perf_counter()
            run(html)
            took = (perf_counter() - start) * 1000
            best[name] = min(took, best.get(name, took))
    return best


def main() -> None:
    runs = contenders()
    table: dict[str, tuple[int, dict[str, float]]] = {}
    for name, size in SIZES.items():
        html = article(size)
        table[name] = len(html.encode()), measure(runs, html, rounds=max(3, min(60, 1_000_000 // size)))
    if "--json" in sys.argv:
        print(json.dumps({name: {"bytes": length, "ms": best} for name, (length, best) in table.items()}))
        return
    print(f"{'':8}" + "".join(f"{name:>24}" for name in runs) + f"{'ours / bleach':>16}")
    for name, (length, best) in table.items():
        cells = "".join(f"{ms:>11.2f} ms {length / ms / 1000:>5.1f} MB/s" for ms in best.values())
        print(f"{name:8}{cells}{best['ours'] / best['bleach']:>16.2f}")


if __name__ == "__main__":
    main()
