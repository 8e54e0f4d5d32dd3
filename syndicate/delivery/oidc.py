"""Asking somebody else's server who a person is: OpenID Connect, the code flow with PKCE (OIDC Core 3.1, RFC 7636).

The server is the one in the settings, and it is believed only about what it signed for us: its issuer, us as the
audience, the nonce of this browser. Requests go through our one client; Authlib and joserfc judge what comes back.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from syndicate.core.errors import RemoteFailure, RemoteRefusal
from syndicate.core.identity import Asking, Identity
from syndicate.delivery.http import Client, Limits, Request

SCOPE = "openid email"
LEEWAY_S = 60
_SIGNATURES = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "ES256",
    "ES384",
    "EdDSA",
    "Ed25519",
)  # never none, never shared secrets
_LIMITS = Limits(connect_s=5, read_s=10, total_s=15, max_bytes=1_000_000)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`label` is what people call it: "Sign in with …"."""

    client: Client
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str = ""

    def where_to(self, asking: Asking) -> str:
        """The address to which the browser goes. Raises RemoteFailure."""
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "scope": SCOPE,
            "redirect_uri": asking.redirect_uri,
            "state": asking.state,
            "nonce": asking.nonce,
            "code_challenge": create_s256_code_challenge(asking.verifier),
            "code_challenge_method": "S256",
        }
        endpoint = self._metadata()["authorization_endpoint"]
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    def who(self, code: str, asking: Asking, *, now: datetime) -> Identity:
        """Whom the code stands for. Raises RemoteFailure, RemoteRefusal (what came back is not to be believed)."""
        metadata = self._metadata()
        tokens = self._ask(self._exchange(metadata, code, asking))
        keys: Any = self._ask(Request(url=metadata["jwks_uri"]))
        try:
            signed = jwt.decode(str(tokens.get("id_token", "")), KeySet.import_key_set(keys), algorithms=_SIGNATURES)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={"iss": {"value": self.issuer}, "aud": {"value": self.client_id}},
                params={"nonce": asking.nonce, "client_id": self.client_id},
            )
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise RemoteRefusal(f"The sign-in service sent no valid token ({type(error).__name__}).") from error
        verified = claims.get("email_verified") is True
        return Identity(subject=str(claims["sub"]), email=str(claims.get("email", "")).lower() if verified else "")

    def _exchange(self, metadata: Mapping[str, Any], code: str, asking: Asking) -> Request:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asking.redirect_uri,
            "code_verifier": asking.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            pair = f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}"  # RFC 6749 2.3.1
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self.client_id, "client_secret": self.client_secret}
        body = urlencode(form).encode()
        return Request(url=metadata["token_endpoint"], method="POST", headers=headers, body=body, secret=True)

    def _metadata(self) -> Mapping[str, Any]:
        """What the server says of itself (OIDC Discovery 4). It must be who we asked, and not send us off to http."""
        found = self._ask(Request(url=f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"))
        safe = self.issuer.startswith("http:") or all(str(found.get(name)).startswith("https:") for name in _ENDPOINTS)
        if found.get("issuer") != self.issuer or not safe or not all(isinstance(found.get(e), str) for e in _ENDPOINTS):
            raise RemoteRefusal("The sign-in service does not describe itself as its settings here do.")
        return found

    def _ask(self, request: Request) -> Mapping[str, Any]:
        answer = self.client.send(request, limits=_LIMITS)
        if answer.status != 200:
            raise RemoteFailure(f"The sign-in service answered {answer.status}.", status=answer.status)
        try:
            found = json.loads(answer.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise RemoteFailure("The sign-in service answered something else than JSON.")
        return found
