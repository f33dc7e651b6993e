import type { Finding } from '../../preload/contract/doctor.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import type { Installation, Machine, Ports } from './ports.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mebibyte = 1024 * 1024;
const leastFreeBytes = 100 * mebibyte;
const fewFreeBytes = 1024 * mebibyte;
const nodeLine = '24.';

type Judgement = Omit<Finding, 'check'>;

const ok = (found: string): Judgement => ({ state: 'ok', found, todo: '' });
const warning = (found: string, todo: string): Judgement => ({ state: 'warning', found, todo });
const problem = (found: string, todo: string): Judgement => ({ state: 'problem', found, todo });

const size = (bytes: number): string =>
  bytes >= 1024 * mebibyte ? `${(bytes / 1024 / mebibyte).toFixed(1)} GiB` : `${Math.ceil(bytes / mebibyte)} MiB`;

const judgeProgram = ({ installation }: Pick<Ports, 'installation'>): Judgement => {
  const { version, what, node, platform } = installation.read();
  const found = `Keyfob ${version} (${what}), Node ${node}, ${platform}`;
  return node.startsWith(nodeLine) ? ok(found) : warning(found, 'It is made for Node 24; run it with that.');
};

const stateWords = (vault: VaultStatus): string =>
  `${vault.state}, kept ${vault.mode === 'keychain' ? 'in the keychain' : 'under a passphrase'}`;

/** What is wrong with a `vault.json` that cannot be read, its own check tells. */
const statusOf = ({ vault }: Ports): VaultStatus => {
  try {
    return vault.status();
  } catch {
    return { state: 'none', recoveryKey: 'none' };
  }
};

const judgeVault = async (vault: VaultStatus, ports: Ports): Promise<Judgement> => {
  const fault = await ports.machine.vaultFault();
  if (fault !== undefined) return problem('vault.json does not open what is stored here', fault);
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
  const fault = machine.storeFault();
  if (fault !== undefined) return problem('nothing is written or answered any more', fault);
  const faults = await machine.databaseFaults();
  const found = size(installation.read().databaseBytes);
  if (faults.length === 0) return ok(`${found}, ${store.tokens.count()} tokens; sound`);
  const todo = 'Stop Keyfob, keep a copy of the data folder, and put back an earlier one or import a backup.';
  return problem(`${found}; damaged: ${faults.join('; ')}`, todo);
};

const judgeFolder = async (machine: Pick<Machine, 'folder'>): Promise<Judgement> => {
  const { place, openToOthers } = await machine.folder();
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

const judgeHttpPort = (ports: Ports, machine: Machine, port: number | null) =>
  port === null ? undefined : judgePort(ports, machine, port);

const judgeEnd = (endMs: number | undefined, nowMs: number, whatNext: string): Judgement => {
  if (endMs === undefined) return ok('not made yet');
  const days = Math.floor((endMs - nowMs) / dayMs);
  if (days < 0) return problem(`ended ${-days} days ago`, whatNext);
  return days < 14 ? warning(`ends in ${days} days`, whatNext) : ok(`good for ${days} days`);
};

const judgeAuthority = async (machine: Machine, nowMs: number): Promise<Judgement> => {
  const renew = 'Start with a new data folder, or a backup in one: it makes a new authority, to be trusted anew.';
  const judged = judgeEnd(machine.certificates().authorityEndsAtMs, nowMs, renew);
  const former = await machine.formerAuthorities();
  if (judged.state !== 'ok' || former.length === 0) return judged;
  const todo = 'Have programs that trusted that one trust ca.pem, then remove that file.';
  return warning(`${judged.found}; another one was used here before (${former.join(', ')})`, todo);
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

const judgeDisk = async (machine: Pick<Machine, 'freeBytes'>): Promise<Judgement> => {
  const free = await machine.freeBytes();
  const found = `${size(free)} free`;
  const todo = 'Free some space: without it nothing can be issued or revoked.';
  if (free < leastFreeBytes) return problem(found, todo);
  return free < fewFreeBytes ? warning(found, todo) : ok(found);
};

/** What a damaged database or a folder that is gone does not give. Any other fault is one of ours, and has no code or Node's. */
const unreadable = (error: unknown): Judgement => {
  if (!(error instanceof Error && 'code' in error) || /^ERR_/.test(String(error.code))) throw error;
  return problem('it cannot be read', 'See what the check of the database says.');
};

/** What is well and what is not, with nothing in it that is secret or says who or where somebody is. */
export const doctorHandlers = (ports: Ports): Handlers['doctor'] => ({
  run: async (_input, watch) => {
    const { machine } = ports;
    const vault = statusOf(ports);
    const nowMs = ports.clock.realTimeMs();
    const settings = () => ports.store.settings.read();
    const checks: readonly [string, () => Judgement | undefined | Promise<Judgement | undefined>][] = [
      ['Program', () => judgeProgram(ports)],
      ['Vault', () => judgeVault(vault, ports)],
      ['Recovery key', () => judgeRecoveryKey(vault)],
      ['Data key', () => judgeRotation(vault)],
      ['Data folder', () => judgeFolder(machine)],
      ['Database', () => judgeDatabase(ports, machine)],
      ['Disk', () => judgeDisk(machine)],
      ['Port of HTTPS', () => judgePort(ports, machine, settings().port)],
      ['Port of HTTP', () => judgeHttpPort(ports, machine, settings().httpPort)],
      ['Certificate authority', () => judgeAuthority(machine, nowMs)],
      ["Endpoint's certificate", () => judgeLeaf(ports, machine.certificates().leafEndsAtMs, nowMs)],
      ['Clock', () => judgeClock(ports)],
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

/** What can be said of a data folder that does not open; `why` is the reason, with nothing private in it. */
export async function examineClosed(
  installation: Installation,
  machine: Pick<Machine, 'folder' | 'freeBytes'>,
  why: string,
): Promise<{ items: Finding[] }> {
  return {
    items: [
      { check: 'Program', ...judgeProgram({ installation }) },
      { check: 'Data folder', ...(await judgeFolder(machine)) },
      { check: 'Database', ...problem('the data folder does not open', why) },
      { check: 'Disk', ...(await judgeDisk(machine)) },
    ],
  };
}
