"""An application, its keys, a subscription and calls, as programs that provision API Manager 4.x do it with requests."""

import json
import sys

import requests

task = json.load(sys.stdin)
portal = task["base"] + "/api/am/devportal/v2"


def new_session():
    session = requests.Session()
    session.verify = task["caFile"]
    # Variables like REQUESTS_CA_BUNDLE would win.
    session.trust_env = False
    return session


session = new_session()
session.auth = ("kim", task["password"])
told = {}


def done(response):
    response.raise_for_status()
    return response.json() if response.content else None


api = done(session.get(portal + "/apis", params={"query": "name:Calc"}))["list"][0]["id"]
application = done(session.post(portal + "/applications", json={"name": "From Python ✓", "throttlingPolicy": "Unlimited"}))
path = portal + "/applications/" + application["applicationId"]
told["name"] = done(session.get(path))["name"]
keys = done(
    session.post(
        path + "/map-keys",
        json={"keyType": "SANDBOX", "consumerKey": "python.client-1~", "consumerSecret": "a secret of python: +%41"},
    )
)
subscription = {"apiId": api, "applicationId": application["applicationId"], "throttlingPolicy": "Unlimited"}
told["subscribed"] = [one["status"] for one in done(session.post(portal + "/subscriptions/multiple", json=[subscription]))]

client = new_session()
token = done(
    client.post(
        task["base"] + "/oauth2/token",
        data={"grant_type": "client_credentials", "scope": "device_python"},
        auth=(keys["consumerKey"], keys["consumerSecret"]),
    )
)
call = client.get(task["base"] + "/calc/1.0/add", headers={"Authorization": "Bearer " + token["access_token"]})
told["called"] = call.status_code
told["again"] = session.post(portal + "/applications", json={"name": "From Python ✓", "throttlingPolicy": "Unlimited"}).status_code
session.delete(path).raise_for_status()
told["gone"] = session.get(path).status_code
told["afterwards"] = client.get(task["base"] + "/calc/1.0/add", headers={"Authorization": "Bearer " + token["access_token"]}).status_code
json.dump(told, sys.stdout)
