"""Signing in by another server: a small OpenID provider on loopback that signs what each test tells it to."""

import base64
import json
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from syndicate.app import create_app
from syndicate.config import BadSetting, load
from tests.desk.conftest import CONFIG, Visitor, address_of
from tests.partner import answer

KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
CLIENT, SECRET = "desk", "between us & them"


@dataclass
class Elsewhere:
    """The provider, and a visitor of our desk. `claims` are written over those that are right."""

    desk: object
    partner: object
    claims: dict = field(default_factory=dict)
    header: dict = field(default_factory=lambda: {"alg": "RS256", "kid": "k1"})
    key: object = field(default_factory=lambda: KEY)
    metadata: dict = field(default_factory=dict)

    @property
    def issuer(self):
        return f"http://{self.partner.host}"

    def visitor(self):
        config = replace(
            CONFIG,
            oidc_issuer=self.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_name="the house",
            allow_hosts=self.partner.host,
        )
        return Visitor(create_app(config, self.desk.store, now=lambda: self.desk.clock.now).test_client())

    def serve(self, nonce=""):
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.metadata
        now = int(self.desk.clock.now.timestamp())
        claims = {
            "iss": self.issuer,
            "sub": "u-17",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "email": "Editor@News.Example",
            "email_verified": True,
        } | self.claims
        told = {name: value for name, value in claims.items() if value is not None}
        said = {
            "/.well-known/openid-configuration": document,
            "/token": {
                "access_token": "a",
                "token_type": "Bearer",
                "id_token": jwt.encode(self.header, told, self.key),
            },
            "/keys": {"keys": [KEY.as_dict(private=False)]},
        }
        self.partner.says = {path: [answer(200, json.dumps(value).encode())] for path, value in said.items()}

    def go(self, visitor):
        """Where the desk sends the browser: the query that the provider is asked by."""
        self.serve()
        went = visitor.get("/desk/sign-in/elsewhere")
        assert went.status_code == 303
        return {name: values[0] for name, values in parse_qs(urlsplit(went.location).query).items()}

    def come_back(self, visitor, **changes):
        """All the way there and back."""
        asked = self.go(visitor)
        self.serve(asked["nonce"])
        query = {"code": "c0de", "state": asked["state"]} | changes
        return visitor.get("/desk/sign-in/back", query_string={k: v for k, v in query.items() if v is not None})


@pytest.fixture
def elsewhere(desk, partner):
    return Elsewhere(desk, partner)


def test_whoever_is_known_there_and_here_is_in(elsewhere):
    visitor = elsewhere.visitor()
    assert "Sign in with the house" in visitor.get("/desk/sign-in").text
    asked = elsewhere.go(visitor)
    assert (asked["scope"], asked["redirect_uri"]) == ("openid email", "http://localhost/desk/sign-in/back")
    assert elsewhere.come_back(visitor).location == "/desk/"
    assert address_of("editor") in visitor.get("/desk/").text
    (exchange,) = [asked for asked in elsewhere.partner.asked if asked.path == "/token"]
    sent = {name: values[0] for name, values in parse_qs(exchange.body.decode()).items()}
    assert sent["code"] == "c0de"
    assert create_s256_code_challenge(sent["code_verifier"]) == asked["code_challenge"]
    scheme, _, pair = exchange.headers["Authorization"].partition(" ")
    assert (scheme, base64.b64decode(pair).decode()) == ("Basic", "desk:between+us+%26+them")


def test_the_secret_goes_into_the_body_where_that_is_all_they_take(elsewhere):
    elsewhere.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert elsewhere.come_back(elsewhere.visitor()).location == "/desk/"
    (exchange,) = [asked for asked in elsewhere.partner.asked if asked.path == "/token"]
    assert "Authorization" not in exchange.headers
    assert parse_qs(exchange.body.decode())["client_secret"] == [SECRET]


def test_they_are_known_by_their_subject_and_not_by_an_address_that_passed_to_somebody_else(elsewhere):
    elsewhere.come_back(elsewhere.visitor())
    elsewhere.claims = {"email": "renamed@news.example"}
    assert elsewhere.come_back(elsewhere.visitor()).location == "/desk/"
    elsewhere.claims = {"sub": "u-18"}
    assert elsewhere.come_back(elsewhere.visitor()).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"aud": ["desk", "another"]},
        {"azp": "another"},
        {"exp": 1},
        {"exp": None},
        {"iat": 9_999_999_999},
        {"nonce": "of another browser"},
        {"nonce": None},
        {"sub": None},
    ],
    ids=lambda claims: "-".join(f"{name}" for name in claims) + ("-lacks" if None in claims.values() else ""),
)
def test_what_was_not_signed_for_this_browser_opens_nothing(elsewhere, claims):
    elsewhere.claims = claims
    visitor = elsewhere.visitor()
    answered = elsewhere.come_back(visitor)
    assert answered.status_code == 502
    assert "no valid token" in answered.text
    assert visitor.get("/desk/").status_code == 303


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({"alg": "RS256", "kid": "k1"}, RSAKey.generate_key(2048, {"kid": "k1"})),
        ({"alg": "HS256"}, OctKey.import_key("between us & them, and long enough")),
    ],
    ids=["another-key", "a-shared-secret"],
)
def test_what_another_signed_opens_nothing(elsewhere, header, key):
    elsewhere.header, elsewhere.key = header, key
    assert elsewhere.come_back(elsewhere.visitor()).status_code == 502


@pytest.mark.parametrize(
    "changes",
    [{"state": "guessed"}, {"state": None}, {"code": None, "error": "access_denied"}, {"iss": "https://other.example"}],
    ids=["state", "no-state", "denied", "mixed-up"],
)
def test_an_answer_that_was_not_asked_for_is_not_followed(elsewhere, changes):
    assert elsewhere.come_back(elsewhere.visitor(), **changes).status_code == 401
    assert [asked.path for asked in elsewhere.partner.asked if asked.path == "/token"] == []


def test_the_answer_to_one_browser_opens_nothing_in_another(elsewhere):
    asked = elsewhere.go(elsewhere.visitor())
    victim = elsewhere.visitor()
    victim.get("/desk/sign-in")
    answered = victim.get("/desk/sign-in/back", query_string={"code": "c0de", "state": asked["state"]})
    assert answered.status_code == 401


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": "eve@news.example"}]
)
def test_an_address_that_is_not_verified_or_not_ours_is_nobodys(elsewhere, claims):
    elsewhere.claims = claims
    answered = elsewhere.come_back(elsewhere.visitor())
    assert answered.status_code == 401
    assert "no account at this desk" in answered.text


@pytest.mark.parametrize(
    "metadata",
    [{"issuer": "https://other.example"}, {"token_endpoint": None}, {"jwks_uri": "http://10.0.0.1/keys"}],
    ids=["issuer", "lacks-one", "private"],
)
def test_a_service_that_is_not_what_the_settings_say_is_told_on_the_page(elsewhere, metadata):
    elsewhere.metadata = metadata
    visitor = elsewhere.visitor()
    elsewhere.serve()
    went = visitor.get("/desk/sign-in/elsewhere")
    assert went.status_code == 502 or elsewhere.come_back(visitor).status_code == 502


def test_a_service_that_is_away_is_told_on_the_page(elsewhere):
    visitor = elsewhere.visitor()
    elsewhere.partner.says = {}
    answered = visitor.get("/desk/sign-in/elsewhere")
    assert answered.status_code == 502
    assert "answered 404" in answered.text


def test_where_no_service_is_set_there_is_no_such_page(desk):
    assert desk.nobody().get("/desk/sign-in/elsewhere").status_code == 404
    assert "Sign in with" not in desk.nobody().get("/desk/sign-in").text


def test_settings_of_it_go_together():
    with pytest.raises(BadSetting, match="SYNDICATE_OIDC_ISSUER"):
        load({"SYNDICATE_OIDC_ISSUER": "https://id.example"})
