"""The outgoing client: an answer or a sentence, whatever the other side does; never a place that is not public."""

import gzip
import socket
import ssl
import subprocess
import zlib
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.errors import RemoteFailure, RemoteRefusal
from syndicate.delivery.http import Client, Limits, Request
from tests.partner import answer, drip, redirect, silent

FEED = b"<rss>" + b"<item>A village reopens its reading room</item>" * 50 + b"</rss>"
SHORT = Limits(connect_s=10, read_s=0.2, total_s=30)


def get(client: Client, url: str, **options):
    return client.send(Request(url=url, **options))


def test_an_answer_comes_with_its_status_headers_body_and_address(client, partner):
    partner.says["/feed"] = [answer(200, FEED, ETag='W/"7"', Link='<https://hub.example/>; rel="hub"')]
    got = get(client, partner.url("/feed#top"))
    assert (got.status, got.body, got.url, got.moved_to) == (200, FEED, partner.url("/feed"), "")
    assert got.headers["etag"] == got.headers["ETag"] == 'W/"7"'


def test_we_say_who_we_are_and_ask_as_we_are_told(client, partner):
    partner.says["/feed"] = [answer(304)]
    assert get(client, partner.url("/feed"), headers={"if-none-match": '"é"'}).status == 304
    (asked,) = partner.asked
    assert asked.headers["User-Agent"] == "Syndicate/0 (+https://news.example)"
    assert asked.headers["Host"] == partner.host
    assert asked.headers["If-None-Match"].encode("latin-1") == '"é"'.encode("latin-1")


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_a_status_is_an_answer_and_no_failure(client, partner, status):
    partner.says["/feed"] = [answer(status, b"sorry", Retry_After="120")]
    got = get(client, partner.url("/feed"))
    assert (got.status, got.headers["retry-after"]) == (status, "120")


BARE = zlib.compressobj(wbits=-15)
CODINGS = {
    "gzip": ("gzip", gzip.compress(FEED)),
    "gzip of two members": ("gzip", gzip.compress(FEED[:100]) + gzip.compress(FEED[100:])),
    "gzip and padding": ("x-gzip", gzip.compress(FEED) + b"\0" * 512),
    "deflate": ("deflate", zlib.compress(FEED)),
    "deflate without zlib's frame": ("deflate", BARE.compress(FEED) + BARE.flush()),
    "none": ("identity", FEED),
    "said to be none": ("", FEED),
}


@pytest.mark.parametrize(("coding", "sent"), CODINGS.values(), ids=CODINGS)
def test_a_body_is_decompressed(client, partner, coding, sent):
    partner.says["/feed"] = [answer(200, sent, Content_Encoding=coding)]
    assert get(client, partner.url("/feed")).body == FEED


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = answer(200, Content_Length=None, Transfer_Encoding="chunked")
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


def test_chunks_are_joined(client, partner):
    partner.says["/feed"] = [chunked(FEED[:10], FEED[10:])]
    assert get(client, partner.url("/feed")).body == FEED


BAD = {
    "a length that does not come": (answer(200, FEED, Content_Length="99999"), "broke off"),
    "chunks that break off": (chunked(FEED, end=b""), "broke off"),
    "a chunk that is none": (chunked(FEED, end=b"zz\r\nrest"), "broke off"),
    "gzip that breaks off": (answer(200, gzip.compress(FEED)[:-12], Content_Encoding="gzip"), "broke off"),
    "gzip that is none": (answer(200, FEED, Content_Encoding="gzip"), "not the compressed data"),
    "a gzip bomb": (answer(200, gzip.compress(b" " * 5_000_000), Content_Encoding="gzip"), "over the limit"),
    "a deflate bomb": (answer(200, zlib.compress(b" " * 5_000_000), Content_Encoding="deflate"), "over the limit"),
    "an encoding that we did not ask for": (answer(200, FEED, Content_Encoding="br"), "did not ask for"),
    "two encodings": (answer(200, FEED, Content_Encoding="gzip, gzip"), "did not ask for"),
    "too much": (answer(200, b"x" * 200_001), "over the limit"),
    "headers without an end": (b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 200_000, "headers that are too long"),
    "ten thousand headers": (b"HTTP/1.1 200 OK\r\n" + b"X-A: aaaaaaaaaaaa\r\n" * 10_000, "headers that are too long"),
    "HTTP/0.9": (b"<html>hello</html>", "not HTTP"),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", "not HTTP"),
    "a length that is no number": (answer(200, b"x", Content_Length="one"), "not HTTP"),
    "two lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "not HTTP"),
    "nothing": (b"", "not HTTP"),
}


@pytest.mark.parametrize(("said", "told"), BAD.values(), ids=BAD)
def test_what_is_not_a_whole_and_proper_answer_is_a_failure_and_says_which(client, partner, said, told):
    partner.says["/feed"] = [said]
    with pytest.raises(RemoteFailure, match=told):
        get(client, partner.url("/feed"))


def test_a_bomb_within_the_size_limit_is_told_by_its_ratio(client, partner):
    partner.says["/feed"] = [answer(200, gzip.compress(b" " * 5_000_000), Content_Encoding="gzip")]
    with pytest.raises(RemoteRefusal, match="beyond belief"):
        client.send(Request(url=partner.url("/feed")), limits=Limits(max_bytes=50_000_000))


SLOW = {
    "silent": (silent, SHORT, "silent for 0.2 seconds"),
    "silent in the middle": (lambda p, a: iter([answer(200, FEED)[:-9], *silent(p, a)]), SHORT, "silent"),
    "dripping headers": (drip(b"HTTP/1.1 200 OK\r\nX-A:"), Limits(total_s=0.4), "longer than 0.4 seconds"),
    "a dripping body": (drip(answer(200, Content_Length="9999")), Limits(total_s=0.4), "longer than 0.4 seconds"),
    "interim answers": (
        lambda p, a: repeat(b"HTTP/1.1 102 Wait\r\n\r\n"),
        Limits(total_s=0.4),
        "longer than 0.4 seconds",
    ),
}


@pytest.mark.parametrize(("said", "limits", "told"), SLOW.values(), ids=SLOW)
def test_nothing_hangs(client, partner, said, limits, told):
    partner.says["/feed"] = [said]
    with pytest.raises(RemoteFailure, match=told):
        client.send(Request(url=partner.url("/feed")), limits=limits)


REDIRECTS = {
    "permanent": ([("/a", 301, "/b"), ("/b", 308, "/c")], "/c"),
    "for now": ([("/a", 302, "/c")], ""),
    "permanent, then for now": ([("/a", 301, "/b"), ("/b", 307, "/c")], ""),
    "for now, then permanent": ([("/a", 303, "/b"), ("/b", 301, "/c")], ""),
}


@pytest.mark.parametrize(("hops", "moved"), REDIRECTS.values(), ids=REDIRECTS)
def test_a_move_is_told_where_every_step_of_it_was_permanent(client, partner, hops, moved):
    partner.says["/c"] = [answer(200, FEED)]
    for source, status, target in hops:
        partner.says[source] = [redirect(target, status)]
    got = get(client, partner.url("/a"))
    assert (got.body, got.url) == (FEED, partner.url("/c"))
    assert got.moved_to == (partner.url(moved) if moved else "")


BAD_REDIRECTS = {
    "to itself": (["/a"], "circle"),
    "in a circle": (["/b", "/a"], "circle"),
    "on and on": (["/b", "/c", "/d", "/e", "/f", "/g"], "on and on"),
    "to the metadata of a cloud": (["http://169.254.169.254/latest/meta-data/"], "not on the public network"),
    "to this machine": (["http://127.0.0.1:1/"], "not on the public network"),
    "to this machine by another spelling": (["http://0x7f000001:1/"], "not on the public network"),
    "to a file": (["file:///etc/passwd"], "Only addresses"),
    "with a password": (["http://u:p@127.0.0.1/"], "name or password"),
    "to no address": (["http://[/"], "Only addresses"),
}


@pytest.mark.parametrize(("targets", "told"), BAD_REDIRECTS.values(), ids=BAD_REDIRECTS)
def test_a_redirect_is_judged_like_any_address(client, partner, targets, told):
    for source, target in zip("abcdefg", targets, strict=False):
        partner.says[f"/{source}"] = [redirect(target)]
    with pytest.raises(RemoteFailure, match=told):
        get(client, partner.url("/a"))
    assert len(partner.asked) <= 6


@pytest.mark.parametrize(("status", "asked"), [(302, ["/hook"]), (308, ["/hook", "/there"])])
def test_a_post_goes_on_only_where_it_is_to_be_sent_again(client, partner, status, asked):
    partner.says["/hook"], partner.says["/there"] = [redirect("/there", status)], [answer(202)]
    got = get(client, partner.url("/hook"), method="POST", body=b"news")
    assert [one.path for one in partner.asked] == asked
    assert {one.body for one in partner.asked} == {b"news"}
    assert got.status == (202 if len(asked) == 2 else status)


def test_what_one_host_may_see_is_not_shown_to_another(partner):
    other = f"localhost:{partner.host.rpartition(':')[2]}"
    client = Client(user_agent="s", allow_hosts=f"{partner.host}, {other}")
    partner.says["/a"], partner.says["/b"] = [redirect(f"http://{other}/b")], [answer(200)]
    get(client, partner.url("/a"), headers={"Authorization": "Bearer k", "X-Plain": "1"})
    first, second = partner.asked
    assert (first.headers["Authorization"], second.headers["Authorization"]) == ("Bearer k", None)
    assert second.headers["X-Plain"] == "1"
    client.close()


REFUSED = [
    "",
    "news.example",
    "ftp://news.example/",
    "file:///etc/passwd",
    "http:///x",
    "http://user@news.example/",
    "http://news.example:99999/",
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "http://127.1/",
    "http://0/",
    "http://169.254.169.254/latest/",
    "http://[fd00:ec2::254]/",
    "http://news.example/\r\nX: y",
    "http://news.example/" + "a" * 5_000,
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_may_not_be_fetched_is_refused_before_anything_is_sent(client, url):
    with pytest.raises(RemoteRefusal):
        get(client, url)


def test_a_header_that_would_be_two_is_refused(client, partner):
    with pytest.raises(RemoteRefusal, match="cannot be written"):
        get(client, partner.url("/"), headers={"If-None-Match": "a\r\nX: y"})


def test_nobody_there_is_said(client, partner):
    partner.close()
    with pytest.raises(RemoteFailure, match=r"127\.0\.0\.1 could not be reached: Connection refused"):
        get(client, partner.url("/"))


@pytest.fixture
def names(monkeypatch):
    """What names resolve to, in turn; the last one goes on. Numbers stay what they are."""
    known: dict[str, list[str]] = {}
    really = socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        numbers = known.get(host, [])
        return really((numbers.pop(0) if len(numbers) > 1 else numbers[0]) if numbers else host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.mark.parametrize("number", ["127.0.0.1", "169.254.169.254", "10.0.0.7", "fd00:ec2::254", "::ffff:127.0.0.1"])
def test_a_public_name_of_a_private_address_is_refused(client, names, number):
    names["news.example"] = [number]
    with pytest.raises(RemoteRefusal, match=r"news\.example is not on the public network"):
        get(client, "http://news.example/")


def test_the_address_that_was_judged_is_the_one_connected_to_and_the_name_stays(partner, names):
    names["news.example"] = ["127.0.0.1", "127.0.0.9"]  # asked a second time, it would lead elsewhere
    partner.says["/feed"] = [answer(200, FEED)]
    client = Client(user_agent="s", allow_hosts="news.example")
    port = partner.host.rpartition(":")[2]
    assert get(client, f"http://news.example:{port}/feed").body == FEED
    assert partner.asked[0].headers["Host"] == f"news.example:{port}"
    client.close()


@pytest.fixture
def certificate(tmp_path, lacking):
    """For news.example, signed by itself."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout key -out cert"
    names = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    try:
        subprocess.run([*command.split(), *names], cwd=tmp_path, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        lacking("openssl", f"no certificate could be made: {error}")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "trusted"), [("news.example", True), ("other.example", True), ("news.example", False)]
)
def test_a_certificate_is_checked_against_the_name_not_the_number(partner, names, certificate, name, trusted):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate / "cert", certificate / "key")
    partner.speak_tls(server)
    names[name] = ["127.0.0.1"]
    ours = ssl.create_default_context(cafile=certificate / "cert" if trusted else None)
    client = Client(user_agent="s", allow_hosts=name, tls=ours)
    partner.says["/feed"] = [answer(200, FEED)]
    url = f"https://{name}:{partner.host.rpartition(':')[2]}/feed"
    if (name, trusted) == ("news.example", True):
        assert get(client, url).body == FEED
    else:
        with pytest.raises(RemoteFailure, match="no valid certificate"):
            get(client, url)
    client.close()


def test_a_secret_does_not_leave_https(partner, names, certificate):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate / "cert", certificate / "key")
    partner.speak_tls(server)
    names["news.example"] = ["127.0.0.1"]
    client = Client(
        user_agent="s", allow_hosts="news.example", tls=ssl.create_default_context(cafile=certificate / "cert")
    )
    partner.says["/hook"] = [redirect("http://news.example/hook", 307)]
    with pytest.raises(RemoteRefusal, match="away from https"):
        get(client, f"https://news.example:{partner.host.rpartition(':')[2]}/hook", method="POST", secret=True)
    client.close()


offline = Client(user_agent="s")


@given(st.text(max_size=60) | st.from_regex(r"https?://[0-9a-fx.:\[\]@]{1,30}(/.{0,5})?", fullmatch=True))
def test_no_text_is_an_address_that_raises_anything_else(text):
    """Without a public network every address is refused or fails, in a sentence."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", _unknown)
        with pytest.raises(RemoteFailure) as raised:
            get(offline, text)
    assert raised.value.detail.endswith(".")


def _unknown(*_args, **_kwargs):
    raise socket.gaierror(-2, "Name or service not known")
