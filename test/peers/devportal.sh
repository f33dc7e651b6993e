# What a user of API Manager writes against the DevPortal REST API: a client, a token, an application with keys, a
# subscription, a token of it, and a call. BASE, CA, VERSION, API and PASSWORD come from the environment.
set -euo pipefail
call() { curl -sS --fail-with-body --cacert "$CA" "$@"; }
member() { python3 -c 'import json,sys; d=json.load(sys.stdin)
for k in sys.argv[1].split("."): d=d[int(k)] if k.isdigit() else d[k]
print(d)' "$1"; }

cat > payload.json <<'JSON'
{ "callbackUrl": "www.google.lk", "clientName": "rest_api_devportal", "owner": "kim", "grantType": "client_credentials password refresh_token", "saasApp": true }
JSON
CLIENT=$(call -X POST -u "kim:$PASSWORD" -H 'Content-Type: application/json' -d @payload.json "$BASE/client-registration/v0.17/register")
ID=$(member clientId <<< "$CLIENT")
SECRET=$(member clientSecret <<< "$CLIENT")
TOKEN=$(call -u "$ID:$SECRET" -d "grant_type=password&username=kim&scope=apim:subscribe apim:api_key" --data-urlencode "password=$PASSWORD" "$BASE/token" | member access_token)

PORTAL="$BASE/api/am/devportal/$VERSION"
portal() { call -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@"; }
TIER=$(portal "$PORTAL/throttling-policies/application" | member list.0.name)
APP=$(portal -d "{\"name\":\"Calculator\",\"throttlingPolicy\":\"$TIER\",\"tokenType\":\"JWT\"}" "$PORTAL/applications" | member applicationId)
test "$(portal "$PORTAL/applications?query=Calculator" | member list.0.applicationId)" = "$APP"
KEYS=$(portal -d '{"keyType":"PRODUCTION","keyManager":"Resident Key Manager","grantTypesToBeSupported":["password","client_credentials"],"callbackUrl":"","scopes":["am_application_scope","default"],"validityTime":"3600","additionalProperties":{"application_access_token_expiry_time":"N/A","pkceMandatory":"false"}}' "$PORTAL/applications/$APP/generate-keys")
MAPPING=$(member keyMappingId <<< "$KEYS")
APIID=$(portal -G --data-urlencode "query=name:\"$API\" version:\"1.0\"" "$PORTAL/apis" | member list.0.id)

CALL="$BASE/calc/1.0/add?a=1"
FIRST=$(member token.accessToken <<< "$KEYS")
test "$(curl -sS --cacert "$CA" -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $FIRST" "$CALL")" = 403
portal -d "{\"apiId\":\"$APIID\",\"applicationId\":\"$APP\",\"throttlingPolicy\":\"Gold\"}" "$PORTAL/subscriptions" | member status

OWN=$(call -u "$(member consumerKey <<< "$KEYS"):$(member consumerSecret <<< "$KEYS")" -d grant_type=client_credentials "$BASE/token" | member access_token)
call -H "Authorization: Bearer $OWN" "$CALL" | member request.path
MORE=$(portal -d '{"validityPeriod":60,"scopes":[]}' "$PORTAL/applications/$APP/oauth-keys/$MAPPING/generate-token")
call -o /dev/null -H "Authorization: Bearer $(member accessToken <<< "$MORE")" "$CALL"
member validityTime <<< "$MORE"
NEW=$(portal -X POST "$PORTAL/applications/$APP/keys/PRODUCTION/regenerate-secret" | member consumerSecret)
test "$NEW" = "$(portal "$PORTAL/applications/$APP/oauth-keys" | member list.0.consumerSecret)"
SUB=$(portal "$PORTAL/subscriptions?applicationId=$APP" | member list.0.subscriptionId)
portal -X DELETE "$PORTAL/subscriptions/$SUB"
portal -X DELETE "$PORTAL/applications/$APP"
portal "$PORTAL/applications?query=Calculator" | member count
