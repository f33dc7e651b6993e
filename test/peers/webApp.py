"""A foreign web app with requests-oauthlib or with Authlib, which the argument names: `webApp.ts` in Python."""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from authlib.jose import JsonWebKey, jwt
from oauthlib.common import generate_token
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

task = json.load(sys.stdin)
consumer_key, consumer_secret, scope = task["consumerKey"], task["consumerSecret"], task["scope"]
metadata = requests.get(task["issuer"] + "/.well-known/openid-configuration").json()
token_url, revoke_url = metadata["token_endpoint"], metadata["revocation_endpoint"]
auth = (consumer_key, consumer_secret)


def told(token):
    granted = token["scope"] if isinstance(token["scope"], str) else " ".join(token["scope"])
    names = ("access_token", "refresh_token", "token_type", "expires_in")
    return {**{name: token[name] for name in names if name in token}, "scope": granted}


class RequestsOauthlib:
    def login(self, redirect_uri):
        self.session = OAuth2Session(consumer_key, redirect_uri=redirect_uri, scope=scope.split())
        self.verifier = self.session._client.create_code_verifier(48)
        challenge = self.session._client.create_code_challenge(self.verifier, "S256")
        url, _ = self.session.authorization_url(
            metadata["authorization_endpoint"], code_challenge=challenge, code_challenge_method="S256"
        )
        return url

    def callback(self, url):
        session = self.session
        user = dict(session.fetch_token(token_url, authorization_response=url, code_verifier=self.verifier, auth=auth))
        refreshed = dict(session.refresh_token(token_url, auth=auth))
        userinfo = session.get(metadata["userinfo_endpoint"]).json()
        wanted = ["am_application_scope", *scope.split()[1:]]
        backend = OAuth2Session(client=BackendApplicationClient(consumer_key, scope=wanted))
        application = backend.fetch_token(token_url, auth=auth)
        return {"user": user, "refreshed": refreshed, "application": application, "userinfo": userinfo}


class Authlib:
    def login(self, redirect_uri):
        self.session = AuthlibSession(
            consumer_key,
            consumer_secret,
            scope=scope,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            revocation_endpoint_auth_method="client_secret_basic",
        )
        self.verifier, self.nonce = generate_token(48), generate_token()
        endpoint = metadata["authorization_endpoint"]
        url, self.state = self.session.create_authorization_url(
            endpoint, code_verifier=self.verifier, nonce=self.nonce
        )
        return url

    def callback(self, url):
        session = self.session
        answer = {"authorization_response": url, "code_verifier": self.verifier, "state": self.state}
        user = dict(session.fetch_token(token_url, **answer))
        keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"]).json())
        expected = {"iss": metadata["issuer"], "aud": consumer_key, "nonce": self.nonce}
        options = {name: {"essential": True, "value": value} for name, value in expected.items()}
        claims = jwt.decode(user["id_token"], keys, claims_options=options)
        claims.validate()
        userinfo = session.get(metadata["userinfo_endpoint"]).json()
        assert userinfo["sub"] == claims["sub"]
        refreshed = dict(session.refresh_token(token_url, refresh_token=user["refresh_token"]))
        password = AuthlibSession(consumer_key, consumer_secret, scope=scope)
        by_password = dict(password.fetch_token(token_url, username=task["username"], password=task["password"]))
        password.revoke_token(revoke_url, by_password["access_token"]).raise_for_status()
        backend = AuthlibSession(consumer_key, consumer_secret, scope=scope.split()[1])
        return {
            "user": user,
            "refreshed": refreshed,
            "application": backend.fetch_token(token_url, grant_type="client_credentials"),
            "byPassword": by_password,
            "userinfo": userinfo,
            "revoked": [by_password["access_token"]],
        }


app = {"requests-oauthlib": RequestsOauthlib, "Authlib": Authlib}[sys.argv[1]]()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        origin = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/login":
            self.send_response(302)
            self.send_header("Location", app.login(f"{origin}/cb"))
            self.end_headers()
            return
        report = app.callback(f"{origin}{self.path}".replace("http:", "https:", 1))
        known = {name: told(one) if "access_token" in one else one for name, one in report.items()}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(known).encode())

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
