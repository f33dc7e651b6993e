"""A foreign client: reads its task as JSON from standard input, runs every flow, and tells of it as JSON."""

import json
import sys

from oauthlib.oauth2 import BackendApplicationClient, LegacyApplicationClient, OAuth2Error
from requests import Session
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

task = json.load(sys.stdin)
token_url, scope = task["tokenUrl"], task["scope"]
verify = task["caFile"] or True  # True: whom this machine trusts
consumer_key, consumer_secret = task["consumerKey"], task["consumerSecret"]
auth = HTTPBasicAuth(consumer_key, consumer_secret)


def told(token):
    names = ("access_token", "refresh_token", "token_type", "expires_in")
    return {**{name: token[name] for name in names if name in token}, "scope": " ".join(token["scope"])}


def by_password(password):
    session = OAuth2Session(client=LegacyApplicationClient(consumer_key, scope=[scope]))
    return session, session.fetch_token(
        token_url, username=task["username"], password=password, auth=auth, verify=verify
    )


def introspect(token):
    return Session().post(task["introspectUrl"], data={"token": token}, auth=auth, verify=verify).json()


backend = OAuth2Session(client=BackendApplicationClient(consumer_key, scope=["am_application_scope", scope]))
application = backend.fetch_token(token_url, auth=auth, verify=verify)
session, user = by_password(task["password"])
user = dict(user)
_, again = by_password(task["password"])
refreshed = session.refresh_token(token_url, auth=auth, verify=verify)
live, retired = introspect(refreshed["access_token"]), introspect(user["access_token"])
url, headers, body = session._client.prepare_token_revocation_request(task["revokeUrl"], refreshed["access_token"])
Session().post(url, data=body, headers=headers, auth=auth, verify=verify).raise_for_status()
revoked = introspect(refreshed["access_token"])
try:
    by_password("wrong")
    refusal = "none"
except OAuth2Error as error:
    refusal = error.error

json.dump(
    {
        "application": told(application),
        "user": told(user),
        "again": told(again),
        "refreshed": told(refreshed),
        "live": live,
        "retired": retired,
        "revoked": revoked,
        "refusal": refusal,
    },
    sys.stdout,
)
