import type { SettingText } from './settingText.ts';

/** The texts of the gateway's settings. */
export const gatewaySettingTexts = {
  gatewayProfile: {
    title: 'Gateway version',
    summary: 'version of API Manager whose gateway replies look the same',
    explanation: 'Bodies, statuses and headers of refusals follow this version of API Manager.',
    choices: [
      { value: '2.6', label: '2.6', meaning: 'XML, or JSON if Accept says exactly application/json.' },
      { value: '3.2', label: '3.0 to 3.2', meaning: 'XML as in 2.6, with the texts and challenges of 3.x.' },
      { value: '4.x', label: '4.x', meaning: 'Flat JSON, with the texts and challenges of 4.x.' },
    ],
  },
  authorizationHeader: {
    title: 'Header with the token',
    summary: 'request header that brings the access token',
    explanation: 'The request header that brings the access token. An API can name another one.',
  },
  removeOAuthHeaders: {
    title: 'Token on its way to the backend',
    summary: 'remove the header with the token before a request is forwarded',
    explanation: 'Whether a backend sees the access token. WSO2 calls it RemoveOAuthHeadersFromOutMessage.',
    choices: [
      { value: true, label: 'Remove it', meaning: "As WSO2 does by default: the backend doesn't see the token." },
      { value: false, label: 'Keep it', meaning: 'The backend gets the header as the client sent it.' },
    ],
  },
  bearerCase: {
    title: 'The word Bearer',
    summary: 'case of the word Bearer before a token',
    explanation: 'Whether the gateway accepts "bearer" in lower case.',
    choices: [
      { value: 'exact', label: 'Bearer only', meaning: 'As API Manager before 4.5: "bearer" gives 900902.' },
      { value: 'any', label: 'Any case', meaning: 'As API Manager 4.5 and the HTTP standard.' },
    ],
  },
  enforceTypeHeaderValidation: {
    title: 'ID tokens as access tokens',
    summary: 'refuse ID tokens as tokens of the wrong type, in 4.x',
    explanation: 'How the gateway of 4.x refuses an ID token that is sent as an access token.',
    choices: [
      { value: false, label: 'As unknown', meaning: 'With 900901, as any invalid token.' },
      {
        value: true,
        label: 'As the wrong type',
        meaning: 'With 900905, as 4.x with enforce_type_header_validation.',
      },
    ],
  },
  validationCacheSeconds: {
    title: 'Validation cache',
    summary: 'seconds for which the gateway remembers a validated token (0 = no cache)',
    explanation:
      'Seconds for which the gateway remembers that a token was accepted or refused. WSO2 uses 900; 0 turns the cache off. The expiry of a token is still checked with each request.',
  },
  validationCacheEntries: {
    title: 'Size of the validation cache',
    summary: 'validated tokens that the gateway remembers at most',
    explanation: 'Entries of the validation cache. The oldest one is evicted first.',
  },
  validationCacheEviction: {
    title: 'Changes that reach the validation cache',
    summary: 'changes that reach the validation cache at once',
    explanation: 'Whether a change takes effect at the gateway at once, or only when its cache forgets.',
    choices: [
      {
        value: 'everywhere',
        label: 'All of them',
        meaning: 'As 3.x and 4.x do by events: revocations, roles, subscriptions and tiers take effect at once.',
      },
      {
        value: 'endpoint',
        label: 'Revocations through the endpoint',
        meaning:
          'As 2.x does: /revoke and refreshes act at once. Changes by window or command line show up to 15 minutes later, as through port 9443 of WSO2.',
      },
    ],
  },
  reasonHeader: {
    title: 'True reason of a refusal',
    summary: 'clients that get the header X-Keyfob-Reason',
    explanation:
      'Who gets the header X-Keyfob-Reason, which tells why the gateway refused. The request log always has it.',
    choices: [
      { value: 'loopback', label: 'This machine', meaning: 'Clients on this machine get it, others do not.' },
      { value: 'always', label: 'Every client', meaning: 'Phones, emulators and containers get it too.' },
      { value: 'never', label: 'Nobody', meaning: 'Replies look exactly like those of API Manager.' },
    ],
  },
  retryAfter: {
    title: 'Retry-After of throttled replies',
    summary: 'form of Retry-After in throttled replies',
    explanation: 'Whether a throttled reply says when to try again, in addition to the body.',
    choices: [
      { value: 'profile', label: 'As the version does', meaning: 'A date in 3.0 and later, nothing in 2.6.' },
      { value: 'off', label: 'Never', meaning: 'No Retry-After header.' },
      { value: 'seconds', label: 'In seconds', meaning: 'A number of seconds, as many client libraries expect.' },
    ],
  },
  backendJwt: {
    title: 'JWT for backends',
    summary: 'signature of the JWT that backends get as X-JWT-Assertion',
    explanation: 'Whether a backend gets a JWT about the caller, in the header X-JWT-Assertion.',
    choices: [
      { value: 'off', label: 'No JWT', meaning: 'As WSO2 does by default.' },
      { value: 'RS256', label: 'Signed', meaning: 'Signed with a key of this installation (RS256).' },
      { value: 'none', label: 'Unsigned', meaning: "With the algorithm none and an empty signature, as 2.x's NONE." },
    ],
  },
  backendTimeoutSeconds: {
    title: 'Time limit of backends',
    summary: 'seconds that a backend may take to start its response',
    explanation: 'Seconds after which the gateway gives up on a backend, and answers 500 with code 101504.',
  },
  backendSuspensionSeconds: {
    title: 'Suspension of failed backends',
    summary: 'seconds for which a failed backend is not called again (0 = never suspended)',
    explanation:
      'Seconds for which a backend is not called again after a failure. Calls then get 500 with code 303001. WSO2 suspends for 30 seconds; 0 turns it off.',
  },
  echoRequestHeaders: {
    title: 'Request headers in refusals',
    summary: 'repeat request headers in refusals, as API Manager does',
    explanation: "Whether a refusal repeats the request's headers, which API Manager does by accident.",
    choices: [
      { value: false, label: 'Leave them out', meaning: 'A refusal has its own headers only.' },
      {
        value: true,
        label: 'Repeat them',
        meaning: 'As API Manager: Accept, Host, Origin and your own headers come back.',
      },
    ],
  },
} satisfies Readonly<Record<string, SettingText>>;
