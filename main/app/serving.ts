import { join } from 'node:path';
import { createEndpoint } from '../endpoint/endpoint.ts';
import type { Engine } from '../engine/engine.ts';
import { createGateway } from '../gateway/gateway.ts';
import { certificateNames } from '../platform/certificates/names.ts';
import { storageError } from '../store/database/errors.ts';
import { countBuffersInHeap } from '../system/bufferMemory.ts';
import { type CertificateKeeper, createCertificateKeeper } from './certificates.ts';
import type { Foundation } from './data/foundation.ts';
import { decideOrSubmit } from './decideOrSubmit.ts';
import { createSigningKeyKeeper, type SigningKeyKeeper } from './signingKeys.ts';

export interface Serving {
  readonly endpoint: ReturnType<typeof createEndpoint>;
  readonly ensureCa: CertificateKeeper['ensureCa'];
  readonly signingKeys: SigningKeyKeeper;
  /** Forgets what the gateway keeps of callers, and ends sign-ins of browsers. Call it when the vault is locked. */
  forgetCallers(): void;
}

/** Where the endpoint answers in addition to what the settings say, for one process. */
export interface Reach {
  /** An address to listen on, like 0.0.0.0. */
  readonly host?: string | undefined;
  /** Names in certificate and Host rule. A new authority may certify them. */
  readonly names: readonly string[];
}

/** Creates the endpoint (stopped), the gateway on its port, and the certificates it needs. */
export function createServing(
  base: Foundation,
  engine: () => Pick<Engine, 'oauth' | 'gateway' | 'faults' | 'portal'>,
  closing: AsyncDisposableStack,
  { host, names }: Reach,
): Serving {
  const { folder, opened, sealed, clock, events, settings, storeFault, realTimeMs, onError } = base;
  const { certificates, signingKeys, commit } = opened;
  countBuffersInHeap();
  const caFile = join(folder, 'ca.pem');
  const keeper = createCertificateKeeper({
    certificates,
    submit: commit.submit,
    installationId: sealed.installationId,
    realTimeMs,
    caFile,
    onError,
    moreNames: names,
  });
  const signing = createSigningKeyKeeper({
    signingKeys,
    commit,
    realTimeMs,
    tokenTimeMs: clock.tokenTimeMs,
    onError,
  });
  const gateway = createGateway({
    get gateway() {
      return engine().gateway;
    },
    get faults() {
      return engine().faults;
    },
    settings,
    realTimeMs,
    tokenTimeMs: clock.tokenTimeMs,
    signingKey: (neededUntilSeconds) => signing.current('RS256', neededUntilSeconds),
  });
  closing.defer(async () => gateway.close());
  const endpoint = createEndpoint({
    get oauth() {
      return engine().oauth;
    },
    get faults() {
      return engine().faults;
    },
    get portal() {
      return engine().portal;
    },
    elsewhere: () => gateway.route,
    publishedKeys: signing.keys,
    run: decideOrSubmit(commit, opened.rulesVersion),
    clock,
    events,
    settings,
    certificate: keeper.serverCertificate,
    ca: keeper.ca,
    checkNames: (extraNames) => certificateNames(extraNames, names),
    always: { names, addresses: host === undefined ? [] : [host] },
    caFile,
    storeFault,
    secretHeaders: () => [settings().authorizationHeader.toLowerCase()],
    asKnown: storageError,
    onError,
  });
  closing.defer(endpoint.close);
  const forgetCallers = () => {
    gateway.forget();
    endpoint.forgetSignIns();
  };
  return { endpoint, ensureCa: keeper.ensureCa, signingKeys: signing, forgetCallers };
}
