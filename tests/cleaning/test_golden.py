"""Stories as each CMS and each language writes them. `<name>.html` goes in, `<name>.clean.html` must come out.

Each fixture is named for what is odd about it. A first line `<!-- base: ... -->` gives the story's own address.
`pytest --update-golden` writes the results anew; read the difference before committing it.
"""

import json
import re
from pathlib import Path

import pytest

from syndicate.cleaning import clean
from tests.cleaning.soups import read_xml

GOLDEN = Path(__file__).parent / "golden"
FIXTURES = sorted(path for path in GOLDEN.glob("*.html") if not path.name.endswith(".clean.html"))
_BASE = re.compile(r"<!-- base: (\S+) -->\n")


def read(path: Path) -> tuple[str, str]:
    html = path.read_text("utf-8")
    base = _BASE.match(html)
    return (html[base.end() :], base[1]) if base else (html, "https://news.example.org/story")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_story_comes_out_as_the_golden_file_says(path, update_golden):
    html, base = read(path)
    cleaned = clean(html, base_url=base)
    notes = {"note": cleaned.note.text if cleaned.note else "", "byline": cleaned.byline, "dateline": cleaned.dateline}
    report = json.dumps(cleaned.report.as_dict() | notes, ensure_ascii=False, indent=1)
    golden, said = path.with_suffix(".clean.html"), path.with_suffix(".report.json")
    if update_golden:
        golden.write_text(_shown(cleaned.html), "utf-8")
        said.write_text(report + "\n", "utf-8")
    assert _shown(cleaned.html) == golden.read_text("utf-8")
    assert report + "\n" == said.read_text("utf-8")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_clean_story_stays_as_it_is(path):
    html, base = read(path)
    once = clean(html, base_url=base).html
    again = clean(once, base_url=base)
    assert again.html == once
    assert again.report.removed == []
    read_xml(once)


def _shown(html: str) -> str:
    """One block a line, to be read in a difference. Only the file is written so."""
    return re.sub(r"(</(?:p|h[2-6]|figure|ul|ol|table|blockquote|aside|pre|dl)>|<hr/>)(?=<)", r"\1\n", html) + "\n"
