"""Foreign verifiers of JWTs: PyJWT and Authlib, by the served keys. Reads a task, tells what each one found."""

import json
import sys
import urllib.request

import jwt as py_jwt
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.jose.errors import JoseError

task = json.load(sys.stdin)
jwks_url, issuer = task["jwksUrl"], task["issuer"]
py_keys = py_jwt.PyJWKClient(jwks_url)
with urllib.request.urlopen(jwks_url) as reply:
    authlib_keys = JsonWebKey.import_key_set(json.load(reply))


def by_py_jwt(token, algorithm, audience):
    try:
        key = py_keys.get_signing_key_from_jwt(token)
        options = {"require": ["exp", "iat", "iss", "sub", "aud"]}
        return py_jwt.decode(token, key.key, [algorithm], options, audience=audience, issuer=issuer)["sub"]
    except py_jwt.InvalidSignatureError:
        return "bad signature"


def by_authlib(token, algorithm, audience):
    try:
        expected = {"iss": issuer, "aud": audience}
        options = {name: {"essential": True, "value": value} for name, value in expected.items()}
        claims = JsonWebToken([algorithm]).decode(token, authlib_keys, claims_options=options)
        claims.validate()
        return claims["sub"]
    except JoseError as error:
        return error.error.replace("_", " ")


found = [
    [verify(one["token"], one["algorithm"], one["audience"]) for verify in (by_py_jwt, by_authlib)]
    for one in task["jwts"]
]
json.dump(found, sys.stdout)
