import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { createTrustStore } from '../../platform/certificates/pkcs12.ts';
import { systemRoots } from '../../platform/certificates/roots.ts';
import { writePrivateFile } from '../../system/privateFile.ts';
import { note, success } from '../output/report.ts';
import type { TrustFlags } from '../program/actions.ts';
import { openVault } from '../session/openVault.ts';
import type { Parts } from '../session/parts.ts';
import { createSession } from '../session/session.ts';
import { addTo, type Changed, removeFrom } from './change.ts';
import { guidesFor, guideText, programNames } from './guides.ts';
import { type Authority, type Found, findStores, type Machine, programIn, type Store } from './stores.ts';
import { javaOptions } from './trustFiles.ts';

interface Endpoint {
  readonly authority: Authority;
  readonly tokenUrl: string;
}

/** The certificate authority of a data folder; creates a missing one. `checked` compares its file with the vault. */
async function endpointOf(
  home: string | undefined,
  checked: boolean,
  parts: Pick<Parts, 'folder' | 'openApp'>,
): Promise<Endpoint> {
  let needsVault = false;
  const session = createSession({
    folder: await parts.folder(home),
    openApp: parts.openApp,
    prepare: async (app) => (needsVault ? await openVault(app, note) : undefined),
  });
  try {
    const { caFile: file, tokenUrl = 'https://localhost:8243/token' } = await session.call('endpoint.status', {});
    needsVault = checked || !existsSync(file);
    if (needsVault) {
      const { pem } = await session.call('endpoint.exportCa', {});
      if (!existsSync(file) || readFileSync(file, 'utf8') !== pem) {
        const message = `${file} is not the certificate authority of this vault. Start the endpoint to write it again: \`keyfob serve\``;
        throw new KeyfobError('conflict', message);
      }
    }
    return { authority: { file, certificate: new X509Certificate(readFileSync(file)) }, tokenUrl };
  } finally {
    await session.close();
  }
}

const kinds: Readonly<Record<string, Store['kind']>> = { firefox: 'firefox', chrome: 'chrome', chromium: 'chrome' };

/** The stores of a program. Throws `bad_input` if the command line cannot change its store. */
function storesFor(program: string | undefined, found: Found, { platform }: Machine): readonly Store[] {
  if (program === undefined) return found.stores;
  const name = program.toLowerCase();
  const isSystem = guidesFor(name, { caFile: '/ca.pem', tokenUrl: '', platform }).some(
    ({ system }) => system === platform,
  );
  const kind = kinds[name] ?? (isSystem ? 'system' : undefined);
  if (kind === undefined) {
    const steps = `\`keyfob endpoint trust --for ${name}\` shows the steps`;
    throw new KeyfobError('bad_input', `--install and --uninstall cannot change ${name}; ${steps}.`);
  }
  // On macOS and Windows, Chrome uses the system's store.
  return found.stores.filter((store) => store.kind === (kind === 'chrome' && platform !== 'linux' ? 'system' : kind));
}

const words: Readonly<Record<Changed['state'], string>> = {
  added: 'Added to',
  present: 'Already in',
  removed: 'Removed from',
  absent: 'Not in',
};

function change({ authority }: Endpoint, flags: TrustFlags): number {
  const machine: Machine = { platform: process.platform, home: homedir(), path: process.env.PATH ?? '' };
  const found = findStores(authority, machine);
  const stores = storesFor(flags.for, found, machine);
  for (const text of found.missing) note(text);
  if (stores.length === 0) {
    throw new KeyfobError('not_found', 'No store to change. A browser creates its store at its first start.');
  }
  const sudo = programIn(machine)('sudo');
  // Ctrl-C ends the running program. This process survives it and undoes the earlier steps.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  const changed = flags.install ? addTo(stores, sudo) : removeFrom(stores, sudo);
  process.off('SIGINT', ignore);
  if (flags.json) process.stdout.write(`${JSON.stringify({ stores: changed })}\n`);
  else
    for (const { store, state } of changed) {
      const text = `${words[state]}: ${store}`;
      process.stdout.write(`${state === 'absent' ? `- ${text}` : success(text)}\n`);
    }
  if (flags.install) note('Node, Java and Python have their own stores. Next: `keyfob endpoint trust --for node`');
  return 0;
}

/** Writes a trust store of Java. Throws `bad_input` for another program, and for an existing file without `--overwrite`. */
function writeStore({ authority }: Endpoint, path: string, flags: TrustFlags): void {
  const written = flags.for?.toLowerCase() ?? '';
  if (
    !guidesFor('java', { caFile: '', tokenUrl: '', platform: '' }).some(({ programs }) => programs.includes(written))
  ) {
    throw new KeyfobError(
      'bad_input',
      '--write needs --for java. Other programs read the file of the authority itself.',
    );
  }
  if (!flags.overwrite && existsSync(path)) {
    throw new KeyfobError('bad_input', `${path} exists already. Choose another file, or add --overwrite.`);
  }
  writePrivateFile(path, createTrustStore([authority.certificate.toString(), ...systemRoots()]), { mode: 0o644 });
  const options = javaOptions(resolve(path));
  if (flags.json) process.stdout.write(`${JSON.stringify({ file: path, javaOptions: options })}\n`);
  else
    process.stdout.write(`${success(`Wrote ${path}, with the roots of this system. Java uses it with: ${options}`)}\n`);
}

/** Shows how programs trust the endpoint, or changes the stores of this machine. Returns the exit code. */
export async function trust(flags: TrustFlags, parts: Pick<Parts, 'folder' | 'openApp'>): Promise<number> {
  const endpoint = await endpointOf(flags.home, flags.install === true || flags.write !== undefined, parts);
  if (flags.write !== undefined) {
    writeStore(endpoint, flags.write, flags);
    return 0;
  }
  if (flags.install || flags.uninstall) return change(endpoint, flags);
  const { authority, tokenUrl } = endpoint;
  const caFile = authority.file;
  const guides = guidesFor(flags.for, { caFile, tokenUrl, platform: process.platform });
  if (flags.json) {
    const { fingerprint256: fingerprintSha256 } = authority.certificate;
    process.stdout.write(`${JSON.stringify({ caFile, fingerprintSha256, guides })}\n`);
    return 0;
  }
  process.stdout.write(`CA certificate  ${caFile}\n\n${guides.map(guideText).join('\n\n')}\n`);
  note(
    flags.for === undefined
      ? `For other programs, add --for ${programNames.join('|')}`
      : '`--install` adds it to the system and browsers.',
  );
  return 0;
}
