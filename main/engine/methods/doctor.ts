import type { Finding } from '../../../preload/contract/doctor.ts';
import { duration } from '../../../preload/contract/durations.ts';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import type { VaultStatus } from '../../../preload/contract/vault.ts';
import { activeFaults } from '../faults/activeFaults.ts';
import type { FaultList } from '../faults/faultList.ts';
import type { Installation, Machine } from '../ports/machine.ts';
import type { Ports } from '../ports/ports.ts';
import { judgeBackends, judgeResourceScopes, judgeSubscriptions } from './shared/judgeApis.ts';
import { type Judgement, ok, problem, warning } from './shared/judgement.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mebibyte = 1024 * 1024;
const leastFreeBytes = 100 * mebibyte;
const fewFreeBytes = 1024 * mebibyte;
const leastNode = 24;

const size = (bytes: number): string =>
  bytes >= 1024 * mebibyte ? `${(bytes / 1024 / mebibyte).toFixed(1)} GiB` : `${Math.ceil(bytes / mebibyte)} MiB`;

const judgeProgram = ({ installation }: Pick<Ports, 'installation'>): Judgement => {
  const { version, what, node, platform } = installation.read();
  const found = `Keyfob ${version} (${what}), Node ${node}, ${platform}`;
  if (Number.parseInt(node, 10) < leastNode) {
    return warning(found, `Run it with Node ${leastNode} or newer.`);
  }
  return ok(found);
};

/** Some systems forbid Chromium's sandbox. An AppImage then starts without it. */
const judgeSandbox = ({ installation }: Ports): Judgement | undefined => {
  const { sandbox } = installation.read();
  if (sandbox !== 'off') return sandbox && ok('on');
  const todo = 'Install the deb package, which turns it on. Or allow user namespaces, and start without --no-sandbox.';
  return warning('off: the window was started with --no-sandbox', todo);
};

const stateWords = (vault: VaultStatus): string =>
  `${vault.state}, kept ${vault.mode === 'keychain' ? 'in the keychain' : 'under a passphrase'}`;

/** The check of the vault reports an unreadable `vault.json`, so a failure here counts as none. */
const statusOf = ({ vault }: Ports): VaultStatus => {
  try {
    return vault.status();
  } catch {
    return { state: 'none', recoveryKey: 'none' };
  }
};

const judgeVault = async (vault: VaultStatus, ports: Ports): Promise<Judgement> => {
  const fault = await ports.machine.vaultFault();
  if (fault !== undefined) return problem('vault.json does not open the data stored here', fault);
  if (vault.state === 'none')
    return warning('not created yet', 'Create it with `keyfob vault create`, or in the window.');
  const found = stateWords(vault);
  if (vault.mode === 'passphrase') return ok(found);
  const { available, name } = await ports.vault.keychain();
  if (available) return ok(`${found} (${name} answers)`);
  const todo = 'Unlock or start it. If its entry is lost, open the vault with the recovery key.';
  return problem(`${found}, but ${name} does not answer`, todo);
};

const judgeRecoveryKey = ({ state, recoveryKey }: VaultStatus): Judgement | undefined => {
  if (state === 'none') return undefined;
  if (recoveryKey === 'confirmed') return ok('confirmed');
  const todo = 'Create one, save it, and confirm it: `keyfob vault new-recovery-key`.';
  if (recoveryKey === 'none') return warning('no recovery key yet', todo);
  return warning(
    'not confirmed: nobody has proved they have a copy',
    'Confirm it: `keyfob vault confirm-recovery-key`. Without a saved copy, create a new one.',
  );
};

const judgeRotation = ({ rotation }: VaultStatus): Judgement | undefined => {
  if (rotation === undefined) return undefined;
  const { state, done, total, fault } = rotation;
  const found = total === 0 ? 'is being replaced' : `is being replaced: ${done} of ${total} values are re-encrypted`;
  if (fault !== undefined) return problem(found, fault.message);
  if (state === 'running') return warning(found, 'Nothing to do: it continues in the background.');
  return warning(`${found}; paused`, 'Unlock the vault: then it continues.');
};

const judgeDatabase = async ({ installation, store }: Ports, machine: Machine): Promise<Judgement> => {
  const fault = machine.storeFault();
  if (fault !== undefined) return problem('Keyfob stopped reading and writing it', fault);
  const faults = await machine.databaseFaults();
  const found = `${size(installation.read().databaseBytes)}, ${store.tokens.count()} tokens`;
  if (faults.length === 0) return ok(`${found}; sound`);
  const todo = 'Stop Keyfob, keep a copy of the data folder, then restore an earlier copy or import a backup.';
  return problem(`${found}; damaged: ${faults.join('; ')}`, todo);
};

const judgeFolder = async (machine: Pick<Machine, 'folder'>): Promise<Judgement> => {
  const { place, openToOthers, foreign } = await machine.folder();
  if (foreign.length > 0) {
    const todo = 'They belong to other users: with sudo, `chown` them to you, or move them away.';
    return problem(`${place}: files in it are not yours (${foreign.join(', ')})`, todo);
  }
  if (openToOthers === 0) return ok(`${place}, for its owner only`);
  const todo = 'Remove their access: `chmod -R go=` on the folder.';
  return problem(`${place}: ${openToOthers} files or folders in it are open to other users`, todo);
};

const judgePort = async ({ endpoint }: Ports, machine: Machine, port: number): Promise<Judgement> => {
  const status = endpoint.status();
  if (status.running && (status.port === port || status.httpPort === port)) return ok(`${port}, served by this Keyfob`);
  if (port === 0) return ok('any free one');
  const use = await machine.portUse(port);
  if (use === 'free') return ok(`${port}, free`);
  const todo = 'Stop that program, or choose another port: `keyfob settings write --port`, or on the Endpoint screen.';
  return (status.running ? warning : problem)(`${port} is in use by ${use.by}`, todo);
};

const judgeHttpPort = (ports: Ports, machine: Machine, port: number | null) =>
  port === null ? undefined : judgePort(ports, machine, port);

const judgeNames = async (ports: Ports, machine: Machine): Promise<Judgement | undefined> => {
  const { extraNames } = ports.store.settings.read();
  if (extraNames.length === 0) return undefined;
  const { running, addresses } = ports.endpoint.status();
  const warnings = await machine.nameWarnings(extraNames, running ? addresses : undefined);
  if (warnings.length === 0) return ok(`${extraNames.length}, each leads here`);
  // Do not show the names: a machine may be named after a person.
  const found = `${warnings.length} of ${extraNames.length} do not lead to the endpoint`;
  return warning(
    found,
    '`keyfob endpoint status` says which; correct them with `keyfob settings write --extra-names`.',
  );
};

const judgeEnd = (expiryMs: number | undefined, nowMs: number, whatNext: string): Judgement => {
  if (expiryMs === undefined) return ok('not created yet');
  const days = Math.floor((expiryMs - nowMs) / dayMs);
  if (days < 0) return problem(`expired ${-days} days ago`, whatNext);
  return days < 14 ? warning(`expires in ${days} days`, whatNext) : ok(`valid for ${days} days`);
};

const judgeAuthority = async (machine: Machine, nowMs: number): Promise<Judgement> => {
  const renew = 'Start with a new data folder, or import a backup into one. Its new authority must be trusted again.';
  const judged = judgeEnd(machine.certificates().authorityEndsAtMs, nowMs, renew);
  const former = await machine.formerAuthorities();
  if (judged.state !== 'ok' || former.length === 0) return judged;
  const todo = 'Let programs that trusted it trust ca.pem instead, then remove that file.';
  return warning(`${judged.found}; another one was used here before (${former.join(', ')})`, todo);
};

const judgeLeaf = ({ endpoint }: Ports, expiryMs: number | undefined, nowMs: number): Judgement => {
  if (!endpoint.status().running) return ok('checked and renewed when the endpoint starts');
  return judgeEnd(expiryMs, nowMs, 'Stop the endpoint and start it again: that creates a new one.');
};

const judgeClock = (ports: Ports): Judgement => {
  const { clockOffsetSeconds } = ports.store.settings.read();
  if (clockOffsetSeconds === 0) return ok('token time is real time');
  const moved = `token time is moved ${duration(clockOffsetSeconds)} ${clockOffsetSeconds > 0 ? 'forward' : 'back'}`;
  return warning(moved, 'Fine if intended; `keyfob settings write --clock-offset-seconds 0` resets it.');
};

const judgeDisk = async (machine: Pick<Machine, 'freeBytes'>): Promise<Judgement> => {
  const free = await machine.freeBytes();
  const found = `${size(free)} free`;
  const todo = 'Free some space. A full disk stops all issuing and revoking.';
  if (free < leastFreeBytes) return problem(found, todo);
  return free < fewFreeBytes ? warning(found, todo) : ok(found);
};

/**
 * A check that fails on a damaged database or a missing folder. Any other error is a bug: it has no code, or one of
 * Node's.
 */
/** Says nothing without faults, as almost nobody uses them. Names no application. */
const judgeFaults = (ports: Ports, faults: Pick<FaultList, 'list'>): Judgement | undefined => {
  const active = activeFaults(ports, faults);
  if (active.length === 0) return undefined;
  const replies = active.reduce((sum, { left }) => sum + left, 0);
  const kinds = [...new Set(active.map(({ kind }) => kind))].join(', ');
  return warning(
    `${active.length} active, for ${replies} more replies (${kinds})`,
    'Clients get wrong replies on purpose. `keyfob faults end-all` ends that, and so does a restart.',
  );
};

const unreadable = (error: unknown): Judgement => {
  if (!(error instanceof Error && 'code' in error) || /^ERR_/.test(String(error.code))) throw error;
  return problem('it cannot be read', 'See what the check of the database says.');
};

/** Checks the installation. The findings name APIs, but hold no secrets, no names of people and no addresses. */
export const doctorHandlers = (ports: Ports, faults: Pick<FaultList, 'list'>): Handlers['doctor'] => ({
  run: async (_input, watch) => {
    const { machine } = ports;
    const vault = statusOf(ports);
    const nowMs = ports.clock.realTimeMs();
    const settings = () => ports.store.settings.read();
    const checks: readonly [string, () => Judgement | undefined | Promise<Judgement | undefined>][] = [
      ['Program', () => judgeProgram(ports)],
      ['Sandbox of the window', () => judgeSandbox(ports)],
      ['Vault', () => judgeVault(vault, ports)],
      ['Recovery key', () => judgeRecoveryKey(vault)],
      ['Data key', () => judgeRotation(vault)],
      ['Data folder', () => judgeFolder(machine)],
      ['Database', () => judgeDatabase(ports, machine)],
      ['Disk', () => judgeDisk(machine)],
      ['HTTPS port', () => judgePort(ports, machine, settings().port)],
      ['HTTP port', () => judgeHttpPort(ports, machine, settings().httpPort)],
      ['Extra names', () => judgeNames(ports, machine)],
      ['Certificate authority', () => judgeAuthority(machine, nowMs)],
      ["Endpoint's certificate", () => judgeLeaf(ports, machine.certificates().leafEndsAtMs, nowMs)],
      ['Backends', () => judgeBackends(ports)],
      ['Subscriptions', () => judgeSubscriptions(ports)],
      ['Scopes of resources', () => judgeResourceScopes(ports)],
      ['Clock', () => judgeClock(ports)],
      ['Faults on purpose', () => judgeFaults(ports, faults)],
    ];
    const items: Finding[] = [];
    for (const [at, [check, judge]] of checks.entries()) {
      watch.onProgress({ done: at, total: checks.length });
      const judged = await Promise.resolve().then(judge).catch(unreadable);
      if (judged !== undefined) items.push({ check, ...judged });
    }
    return { items };
  },
});

/** Checks a data folder that does not open. The message of `why` must hold nothing private. */
export async function examineClosed(
  installation: Installation,
  machine: Pick<Machine, 'folder' | 'freeBytes'>,
  why: { readonly code: ErrorCode; readonly message: string },
): Promise<{ items: Finding[] }> {
  const program = { check: 'Program', ...judgeProgram({ installation }) };
  if (why.code === 'refused') {
    return { items: [program, { check: 'Data folder', ...problem('it cannot be used', why.message) }] };
  }
  return {
    items: [
      program,
      { check: 'Data folder', ...(await judgeFolder(machine)) },
      { check: 'Database', ...problem('the data folder does not open', why.message) },
      { check: 'Disk', ...(await judgeDisk(machine)) },
    ],
  };
}
