"""Cleaned hostile bodies in a real browser: shown as a page, set as innerHTML twice, read as XHTML; nothing may run.

Every event that HTML knows is fired at every element. Needs playwright and a chromium; see `lacking` for what happens
where they are absent.
"""

import shutil

import pytest

from syndicate.cleaning import clean
from tests.cleaning.hostile import HOSTILE
from tests.cleaning.soups import BASE
from tests.cleaning.test_golden import FIXTURES, read

HOOK = "window.ran = []; window.pwned = () => window.ran.push('pwned'); window.alert = window.pwned;"
FIRE = """root => {
  const names = Object.keys(HTMLElement.prototype).filter(name => name.startsWith('on')).map(name => name.slice(2));
  names.push('begin', 'end', 'repeat', 'SVGLoad', 'webkitanimationend');
  for (const element of root.querySelectorAll('*'))
    for (const name of names) element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
  const runs = [...root.querySelectorAll('*')].filter(element =>
    [...element.attributes].some(attribute => attribute.name.startsWith('on'))
    || ['SCRIPT', 'STYLE', 'OBJECT', 'EMBED', 'svg', 'math'].includes(element.nodeName)
    || (element.href && !/^(https?|mailto|tel):|^[^:]*#/.test(element.getAttribute('href'))));
  return [...window.ran, ...runs.map(element => element.outerHTML)];
}"""


@pytest.fixture(scope="module")
def page(lacking):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        lacking("browser", "no chromium on this machine: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("browser", "playwright is not installed: pip install playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        page.add_init_script(HOOK)
        yield page
        browser.close()


def as_page(page, out: str) -> list[str]:
    page.route("**/*", lambda route: route.abort())
    page.set_content(f"<!doctype html><html><body><script>{HOOK}</script><main>{out}</main></body></html>")
    return page.evaluate(f"({FIRE})(document.querySelector('main'))")


def test_the_browser_would_notice(page):
    assert as_page(page, "<p onclick='pwned()'>a</p>")
    assert as_page(page, "<img src=x: onerror='pwned()'>")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_runs_nothing_as_a_page(page, name):
    assert as_page(page, clean(HOSTILE[name], base_url=BASE).html) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_written_and_read_again_it_stays_the_same(page, name):
    out = clean(HOSTILE[name], base_url=BASE).html
    page.set_content(f"<!doctype html><script>{HOOK}</script><main></main>")
    first, second = page.evaluate(
        """out => { const main = document.querySelector('main'); main.innerHTML = out; const first = main.innerHTML;
                    main.innerHTML = first; return [first, main.innerHTML]; }""",
        out,
    )
    assert first == second
    assert page.evaluate(f"({FIRE})(document.querySelector('main'))") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_as_xhtml_it_is_the_same_tree_and_runs_nothing(page, name):
    out = clean(HOSTILE[name], base_url=BASE).html
    page.set_content(f"<!doctype html><script>{HOOK}</script><main></main>")
    as_html, as_xml = page.evaluate(
        """out => {
          const attributes = node => [...node.attributes].map(a => a.name + '=' + a.value).sort();
          const element = node => [node.localName, node.namespaceURI, attributes(node), [...node.childNodes].map(walk)];
          const walk = node => node.nodeType === 3 ? node.data : node.nodeType === 1 ? element(node) : null;
          const parse = (text, type) => new DOMParser().parseFromString(text, type);
          const html = parse('<!doctype html><body><div>' + out + '</div>', 'text/html').querySelector('div');
          const xml = parse('<div xmlns="http://www.w3.org/1999/xhtml">' + out + '</div>', 'application/xhtml+xml');
          return [...[html, xml.documentElement].map(root => JSON.stringify([...root.childNodes].map(walk)))];
        }""",
        out,
    )
    assert as_html == as_xml


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_an_honest_story_runs_nothing_either(page, path):
    html, base = read(path)
    assert as_page(page, clean(html, base_url=base).html) == []
