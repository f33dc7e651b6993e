import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createInstallation } from '../../main/app/about.ts';
import { createPreferences } from '../../main/app/data/preferences.ts';
import { decideOrSubmit } from '../../main/app/decideOrSubmit.ts';
import { createDecisionLog } from '../../main/app/decisionLog.ts';
import { createMachine } from '../../main/app/machine.ts';
import { createServerCaFile } from '../../main/app/serverCaFile.ts';
import { createSigningKeyKeeper } from '../../main/app/signingKeys.ts';
import { createSteps } from '../../main/app/steps.ts';
import { createBackupCipher } from '../../main/backup/age.ts';
import { OAuthError } from '../../main/engine/decisions/oauthError.ts';
import { createEngine } from '../../main/engine/engine.ts';
import type { ClientCredentials, OAuthRequest } from '../../main/engine/oauth/oauth.ts';
import type { EndpointControl } from '../../main/engine/ports/endpoint.ts';
import type { EventSink } from '../../main/engine/ports/ports.ts';
import type { TokenRow } from '../../main/engine/ports/store/tokens.ts';
import { createCallWriter } from '../../main/exports/call.ts';
import { writeApplication } from '../../main/exports/server.ts';
import { createExportWriter } from '../../main/exports/write.ts';
import { createSigningCertificate } from '../../main/platform/certificates/certificate.ts';
import { createClock } from '../../main/platform/clock.ts';
import { formatDocument, parseDocument } from '../../main/platform/documents/document.ts';
import { unzip } from '../../main/platform/documents/unzip.ts';
import { qrCode } from '../../main/platform/qrCode.ts';
import { createRandom } from '../../main/platform/random.ts';
import { sha256 } from '../../main/platform/sha256.ts';
import { openCallbackReceiver } from '../../main/runner/callback/callbackReceiver.ts';
import { createRunCall } from '../../main/runner/runCall.ts';
import { encodeFormValue, encodeUrl } from '../../main/snippets/encode.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import { openStore } from '../../main/store/store.ts';
import { createDispatch } from '../../main/transport/dispatch.ts';
import type { Caller } from '../../main/transport/reply.ts';
import { createVault } from '../../main/vault/vault.ts';
import { reason as contractReason, type RefusalCause } from '../../preload/contract/audit.ts';
import { type ErrorCode, KeyfobError } from '../../preload/contract/errors.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import { contract } from '../../preload/contract/index.ts';
import type { Settings } from '../../preload/contract/settings/settings.ts';

/** The time of a new world. The clock moves only on `moveTo`. */
export const startMs = 1_800_000_000_000;

export interface ClientSecret {
  readonly id: string;
  readonly secret: string;
}

type Form = Readonly<Record<string, string>>;

const random = createRandom();

const createTestVault = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-vault-'));
  const vault = createVault({ folder, random });
  await vault.create('passphrase', 'a test passphrase');
  rmSync(folder, { recursive: true });
  return vault;
};
let shared: ReturnType<typeof createTestVault> | undefined;
/** One vault for all tests of a process, because creating one is slow by design. It stays in memory. */
const sharedVault = () => {
  shared ??= createTestVault();
  return shared;
};

const createSharedKeys = () =>
  Promise.all(
    (['ES256', 'RS256'] as const).map(async (algorithm) => ({
      algorithm,
      ...(await createSigningCertificate(algorithm, startMs)),
    })),
  );
let keysOfAll: ReturnType<typeof createSharedKeys> | undefined;
/** The signing keys of all worlds of a process, because creating an RSA key is slow. */
const sharedKeys = () => {
  keysOfAll ??= createSharedKeys();
  return keysOfAll;
};

/** An endpoint that never runs. Its status has what snippets need. */
const idleEndpoint: EndpointControl = {
  issuer: () => 'https://localhost:8243/oauth2/token',
  status: () => ({ running: false, addresses: [], names: [], caFile: '/keyfob/ca.pem' }),
  start: () => Promise.reject(new Error('not here')),
  stop: () => Promise.reject(new Error('not here')),
  rename: (_, save) => save(),
  ca: () => ({ pem: '', fingerprintSha256: '', endsAtMs: 0, caFile: '/keyfob/ca.pem' }),
  requests: {
    newest: () => 0,
    rows: () => [],
    details: () => undefined,
    repeat: () => Promise.reject(new Error('not here')),
    addToolCall: () => 0,
    clear: () => 0,
    wipeDetails: () => undefined,
  },
};

const request = (form: Form, client: ClientSecret | ClientCredentials): OAuthRequest => ({
  parameters: new Map(Object.entries(form)),
  credentials: 'id' in client ? { basic: client } : client,
});

/** The engine over a real store and vault in its own folder, with a clock that moves only on `moveTo`. */
export async function createWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-engine-'));
  const vault = await sharedVault();
  const { store, certificates, signingKeys, commit, rulesVersion, close } = await openStore(
    join(folder, 'keyfob.db'),
    vault.sealer,
  );
  let movedMs = 0;
  const clock = createClock({
    realTimeMs: () => startMs + movedMs,
    offsetSeconds: () => store.settings.read().clockOffsetSeconds,
  });
  const sent: { readonly name: EventName; readonly data: Events[EventName] }[] = [];
  const events: EventSink = {
    emit: (name, data) => {
      if (commit.inTransaction) commit.afterCommit(() => sent.push({ name, data }));
      else sent.push({ name, data });
    },
  };
  const keys = await sharedKeys();
  const signer = createSigningKeyKeeper({
    ...{ signingKeys, commit },
    realTimeMs: clock.realTimeMs,
    tokenTimeMs: clock.tokenTimeMs,
    onError: (error) => {
      throw error;
    },
  });
  // Submitted first, so this is the first job of the first transaction.
  void commit.submit(() => {
    for (const { algorithm, certificatePem: certificate, privateKeyPem } of keys) {
      const life = { createdAtMs: startMs, retiredAtMs: null, neededUntilSeconds: 0 };
      signingKeys.insert({ algorithm, certificate, ...life }, privateKeyPem);
    }
  });
  const decisions = createDecisionLog();
  const engine = createEngine({
    ...{ clock, random, sha256, store, decisions, events, vault, renderSnippet, signer, signingKeys: signer },
    writeExport: createExportWriter(renderSnippet, qrCode),
    writeApplication,
    writeCall: createCallWriter(renderSnippet),
    autoLock: { windowUsed: () => undefined, noticesScreenLock: () => false },
    endpoint: idleEndpoint,
    runCall: createRunCall({ encoding: { url: encodeUrl, formValue: encodeFormValue } }),
    openCallbackReceiver,
    preferences: createPreferences(join(folder, 'preferences.json')),
    installation: createInstallation(folder, join(folder, 'keyfob.db'), 'a test'),
    serverCaFile: createServerCaFile(folder),
    backupCipher: createBackupCipher(),
    parseDocument,
    formatDocument,
    unzip,
    steps: createSteps(commit.submit),
    machine: createMachine(folder, join(folder, 'keyfob.db'), {
      certificates,
      storeFault: () => undefined,
      vaultFault: () => undefined,
    }),
  });
  const dispatch = createDispatch({
    handlers: engine.handlers,
    submit: commit.submit,
    isLocked: () => 'unlocked',
    onError: (error) => {
      throw error;
    },
  });

  /** Calls a method like a transport, and checks the output against its schema. */
  const call: Caller = async (name, input) => {
    const reply = await dispatch({ method: name, input });
    if (!reply.ok) throw new KeyfobError(reply.error.code, reply.error.message, reply.error.details);
    const [topic, method] = name.split('.');
    const methods: Readonly<Record<string, { output: { parse(value: unknown): unknown } }>> =
      contract[topic as keyof typeof contract];
    return methods[method ?? '']?.output.parse(JSON.parse(JSON.stringify(reply.output))) as never;
  };

  const run = decideOrSubmit(commit, rulesVersion);

  return {
    ...{ engine, store, signer, decisions, sent, call, run, transact: commit.submit, folder },
    /** Sets token time and real time, in seconds after the start. */
    moveTo: (seconds: number) => {
      movedMs = Math.round(seconds * 1000);
    },
    /** `POST /token`; the answer with its reason. */
    token: async (form: Form, client: ClientSecret | ClientCredentials) => {
      const answer = await run(() => engine.oauth.token(request(form, client)));
      if (answer instanceof OAuthError) throw answer;
      return { ...answer, reason: answer.decision.reason };
    },
    revoke: async (form: Form, client: ClientSecret | ClientCredentials) =>
      run(() => engine.oauth.revoke(request(form, client))),
    introspect: (form: Form, client: ClientSecret | ClientCredentials) =>
      engine.oauth.introspect(request(form, client)),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const production = { application: 'Shop', keyType: 'PRODUCTION' } as const;
export const sandbox = { application: 'Shop', keyType: 'SANDBOX' } as const;

/**
 * The world of the truth table: application Shop of `admin` with both key sets, and user `bob`. Scopes `a` and `b` are
 * for everyone; `c` needs the role `boss`, which no user has. `admin` has the role `admin`, `bob` has `reader`.
 */
export async function createShop(settings: Partial<Settings> = {}) {
  const world = await createWorld();
  // The keys' first tokens get a scope that no row of the table requests.
  const first = { scope: 'device_first' };
  // Submitted at once, these share one transaction and run in this order.
  const asked = [
    world.transact(() => world.engine.seed()),
    world.call('settings.write', settings),
    world.call('users.setPassword', { user: 'admin', password: 'admin-secret' }),
    world.call('users.create', { username: 'bob', password: 'bob-secret', roles: ['reader'] }),
    world.call('scopes.create', { name: 'a' }),
    world.call('scopes.create', { name: 'b' }),
    world.call('scopes.create', { name: 'c', roles: ['boss'] }),
    world.call('applications.create', { name: 'Shop' }),
  ];
  const [live, test] = await Promise.all([
    world.call('keys.generate', { ...production, ...first }),
    world.call('keys.generate', { ...sandbox, ...first }),
    ...asked,
  ]);
  const client: ClientSecret = { id: live.consumerKey, secret: live.consumerSecret };
  const sandboxClient: ClientSecret = { id: test.consumerKey, secret: test.consumerSecret };

  const rowOf = ({ tokenId }: { readonly tokenId: number }): TokenRow => {
    const row = world.store.tokens.byId(tokenId);
    assert.ok(row);
    return row;
  };
  return {
    ...{ ...world, client, sandboxClient, production, sandbox, rowOf },
    /** Application tokens issued with the keys. */
    firstTokens: 2,
    token: (form: Form, as: ClientSecret | ClientCredentials = client) => world.token(form, as),
    revoke: (form: Form, as: ClientSecret | ClientCredentials = client) => world.revoke(form, as),
    introspect: (token: string, as: ClientSecret | ClientCredentials = client) => world.introspect({ token }, as),
    /** Like `ACTIVE/NONE` or `EXPIRED/uuid`. */
    stateOf: (token: { readonly tokenId: number }): string => {
      const { state, stateId } = rowOf(token);
      return `${state}/${/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(stateId) ? 'uuid' : stateId}`;
    },
    refreshRowOf: (token: { readonly tokenId: number }) => {
      const row = world.store.refreshTokens.byId(rowOf(token).refreshTokenId ?? 0);
      assert.ok(row);
      return row;
    },
    /** The rules in a token's history, oldest first. */
    rulesOf: ({ tokenId }: { readonly tokenId: number }) =>
      world.store.tokens.history(tokenId).map(({ reason }) => reason.rule),
  };
}

/** {@link createShop}, closed at the end of the test. */
export async function openWorld(t: TestContext, settings: Partial<Settings> = {}) {
  const world = await createShop(settings);
  t.after(() => world.close());
  return world;
}

/** Checks that an error is exactly this refusal, with a matching reason. */
export const refused =
  (status: number, error: string, description: string, cause?: RefusalCause) =>
  (thrown: unknown): boolean => {
    assert.ok(thrown instanceof Error && 'reason' in thrown && 'status' in thrown && 'error' in thrown, `${thrown}`);
    assert.deepEqual([thrown.status, thrown.error, thrown.message], [status, error, description]);
    const reason = contractReason.parse(thrown.reason);
    assert.equal(reason.error, error);
    assert.equal(reason.errorDescription, description.slice(0, 200));
    if (cause !== undefined) assert.equal(reason.cause, cause);
    return true;
  };

/** Checks that an error has this code, and names this field of the input. */
export const failing =
  (code: ErrorCode, field?: string, message?: RegExp) =>
  (thrown: unknown): boolean => {
    assert.ok(thrown instanceof KeyfobError, `${thrown}`);
    assert.equal(thrown.code, code, thrown.message);
    if (field !== undefined) assert.equal(thrown.details.fields?.[0]?.path, field);
    if (message !== undefined) assert.match(thrown.message, message);
    return true;
  };
