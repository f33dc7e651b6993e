import type { Finding } from '../../preload/contract/doctor.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import type { Machine, Ports } from './ports.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mebibyte = 1024 * 1024;
const leastFreeBytes = 100 * mebibyte;
const fewFreeBytes = 1024 * mebibyte;
const leastNode = 24;

type Judgement = Omit<Finding, 'check'>;

const ok = (found: string): Judgement => ({ state: 'ok', found, todo: '' });
const warning = (found: string, todo: string): Judgement => ({ state: 'warning', found, todo });
const problem = (found: string, todo: string): Judgement => ({ state: 'problem', found, todo });

const size = (bytes: number): string =>
  bytes >= 1024 * mebibyte ? `${(bytes / 1024 / mebibyte).toFixed(1)} GiB` : `${Math.ceil(bytes / mebibyte)} MiB`;

const judgeProgram = ({ installation }: Ports): Judgement => {
  const { version, what, node, platform } = installation.read();
  const found = `Keyfob ${version} (${what}), Node ${node}, ${platform}`;
  if (Number.parseInt(node, 10) >= leastNode) return ok(found);
  return warning(found, `It is made for Node ${leastNode} and newer; run it with one of these.`);
};

const stateWords = (vault: VaultStatus): string =>
  `${vault.state}, kept ${vault.mode === 'keychain' ? 'in the keychain' : 'under a passphrase'}`;

const judgeVault = async (vault: VaultStatus, ports: Ports): Promise<Judgement> => {
  if (vault.state === 'none') return warning('there is none yet', 'Make one: `keyfob vault create`, or in the window.');
  const found = stateWords(vault);
  if (vault.mode === 'passphrase') return ok(found);
  const { available, name } = await ports.vault.keychain();
  if (available) return ok(`${found} (${name} answers)`);
  const todo = 'Unlock or start it; if its entry is gone, the recovery key opens the vault.';
  return problem(`${found}, but ${name} does not answer`, todo);
};

const judgeRecoveryKey = ({ state, recoveryKey }: VaultStatus): Judgement | undefined => {
  if (state === 'none') return undefined;
  if (recoveryKey === 'confirmed') return ok('confirmed');
  const todo = 'Make one that you have a copy of, and confirm it: `keyfob vault newRecoveryKey`.';
  return warning('nobody has shown to have a copy of it', todo);
};

const judgeRotation = ({ rotation }: VaultStatus): Judgement | undefined => {
  if (rotation === undefined) return undefined;
  const { state, done, total, fault } = rotation;
  const found = total === 0 ? 'is being replaced' : `is being replaced: ${done} of ${total} values are sealed anew`;
  if (fault !== undefined) return problem(found, fault.message);
  if (state === 'running') return warning(found, 'Nothing: it goes on by itself.');
  return warning(`${found}; it waits`, 'Unlock the vault: then it goes on.');
};

const judgeDatabase = async ({ installation, store }: Ports, machine: Machine): Promise<Judgement> => {
  const faults = await machine.databaseFaults();
  const found = `${size(installation.read().databaseBytes)}, ${store.tokens.count()} tokens`;
  if (faults.length === 0) return ok(`${found}; sound`);
  const todo = 'Stop Keyfob, keep a copy of the data folder, and put back an earlier one or import a backup.';
  return problem(`${found}; damaged: ${faults.join('; ')}`, todo);
};

const judgeFolder = async (machine: Machine): Promise<Judgement> => {
  const { place, openToOthers, foreign } = await machine.folder();
  if (foreign.length > 0) {
    const whose = 'belong to other users: with sudo, `chown` them to you, or move them away.';
    return problem(`${place}: files in it are not yours (${foreign.join(', ')})`, `They ${whose}`);
  }
  if (openToOthers === 0) return ok(`${place}, for its owner only`);
  const todo = 'Take the rights away: chmod -R go= on the folder.';
  return problem(`${place}: ${openToOthers} files or folders in it are open to other users`, todo);
};

const judgePort = async ({ endpoint }: Ports, machine: Machine, port: number): Promise<Judgement> => {
  const status = endpoint.status();
  if (status.running && (status.port === port || status.httpPort === port)) return ok(`${port}, served by this Keyfob`);
  if (port === 0) return ok('any free one');
  const use = await machine.portUse(port);
  if (use === 'free') return ok(`${port}, free`);
  const todo = 'End that program, or choose another port: `keyfob settings write --port`, or on the Endpoint screen.';
  return (status.running ? warning : problem)(`${port} is in use by ${use.by}`, todo);
};

const judgeNames = async (ports: Ports, machine: Machine): Promise<Judgement | undefined> => {
  const { extraNames } = ports.store.settings.read();
  if (extraNames.length === 0) return undefined;
  const { running, addresses } = ports.endpoint.status();
  const warnings = await machine.nameWarnings(extraNames, running ? addresses : undefined);
  if (warnings.length === 0) return ok(`${extraNames.length}, each leads here`);
  // Names of machines may be those of people.
  const found = `${warnings.length} of ${extraNames.length} do not lead to the endpoint`;
  return warning(found, '`keyfob endpoint status` says which; correct them by `keyfob settings write --extraNames`.');
};

const judgeEnd = (endMs: number | undefined, nowMs: number, whatNext: string): Judgement => {
  if (endMs === undefined) return ok('not made yet');
  const days = Math.floor((endMs - nowMs) / dayMs);
  if (days < 0) return problem(`ended ${-days} days ago`, whatNext);
  return days < 14 ? warning(`ends in ${days} days`, whatNext) : ok(`good for ${days} days`);
};

const judgeLeaf = ({ endpoint }: Ports, endMs: number | undefined, nowMs: number): Judgement => {
  if (!endpoint.status().running) return ok('looked at, and made anew if need be, when the endpoint starts');
  return judgeEnd(endMs, nowMs, 'Stop the endpoint and start it again: that makes a new one.');
};

const judgeClock = (ports: Ports): Judgement => {
  const { clockOffsetSeconds } = ports.store.settings.read();
  if (clockOffsetSeconds === 0) return ok('token time is real time');
  const moved = `token time is moved by ${clockOffsetSeconds} s`;
  return warning(moved, 'Fine if you meant it; `keyfob settings write --clockOffsetSeconds 0` resets it.');
};

const judgeDisk = async (machine: Machine): Promise<Judgement> => {
  const free = await machine.freeBytes();
  const found = `${size(free)} free`;
  const todo = 'Free some space: without it nothing can be issued or revoked.';
  if (free < leastFreeBytes) return problem(found, todo);
  return free < fewFreeBytes ? warning(found, todo) : ok(found);
};

/** What is well and what is not, with nothing in it that is secret or says who or where somebody is. */
export const doctorHandlers = (ports: Ports): Handlers['doctor'] => ({
  run: async (_input, watch) => {
    const { machine } = ports;
    const vault = ports.vault.status();
    const nowMs = ports.clock.realTimeMs();
    const { port, httpPort } = ports.store.settings.read();
    const { authorityEndsAtMs, leafEndsAtMs } = machine.certificates();
    const authority = 'Start with a new data folder, or a backup in one: it makes a new authority, to be trusted anew.';
    const checks: readonly [string, () => Judgement | undefined | Promise<Judgement | undefined>][] = [
      ['Program', () => judgeProgram(ports)],
      ['Vault', () => judgeVault(vault, ports)],
      ['Recovery key', () => judgeRecoveryKey(vault)],
      ['Data key', () => judgeRotation(vault)],
      ['Data folder', () => judgeFolder(machine)],
      ['Database', () => judgeDatabase(ports, machine)],
      ['Disk', () => judgeDisk(machine)],
      ['Port of HTTPS', () => judgePort(ports, machine, port)],
      ['Port of HTTP', () => (httpPort === null ? undefined : judgePort(ports, machine, httpPort))],
      ['Extra names', () => judgeNames(ports, machine)],
      ['Certificate authority', () => judgeEnd(authorityEndsAtMs, nowMs, authority)],
      ["Endpoint's certificate", () => judgeLeaf(ports, leafEndsAtMs, nowMs)],
      ['Clock', () => judgeClock(ports)],
    ];
    const items: Finding[] = [];
    for (const [at, [check, judge]] of checks.entries()) {
      watch.onProgress({ done: at, total: checks.length });
      const judged = await judge();
      if (judged !== undefined) items.push({ check, ...judged });
    }
    return { items };
  },
});
