import { spawnSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Another OAuth2 server, and a small program here that serves its tokens. */
export interface Peer {
  readonly name: string;
  /** On disk: in SQLite, synced before each answer. */
  readonly keeps: 'in memory' | 'on disk' | 'nowhere';
  /** With its exact version. */
  readonly package: string;
  readonly program: string;
  /** The endpoints that do real work. */
  readonly introspects: boolean;
  readonly revokes: boolean;
}

const nodeOauth = {
  name: '@node-oauth/oauth2-server',
  package: '@node-oauth/oauth2-server@5.3.0',
  program: 'nodeOauth.mjs',
  introspects: true,
  revokes: false,
};
const oidcProvider = {
  name: 'oidc-provider',
  package: 'oidc-provider@9.13.3',
  program: 'oidcProvider.mjs',
  introspects: true,
  revokes: true,
};
const jmondi = {
  name: '@jmondi/oauth2-server',
  package: '@jmondi/oauth2-server@4.3.7',
  program: 'jmondi.mjs',
  introspects: true,
  revokes: true,
};
const oauth2Mock = {
  name: 'oauth2-mock-server',
  package: 'oauth2-mock-server@9.3.0',
  program: 'oauth2Mock.mjs',
  introspects: false,
  revokes: false,
};

export const peers: readonly Peer[] = [
  { ...nodeOauth, keeps: 'in memory' },
  { ...nodeOauth, keeps: 'on disk' },
  { ...oidcProvider, keeps: 'in memory' },
  { ...oidcProvider, keeps: 'on disk' },
  { ...jmondi, keeps: 'in memory' },
  { ...oauth2Mock, keeps: 'nowhere' },
];

/**
 * Installs a peer's package below a folder, and copies the programs next to it. No script of a package runs.
 * Gives the path of the peer's program. Throws npm's reason.
 */
export async function install(peer: Peer, parent: string): Promise<string> {
  const folder = join(parent, peer.program.replace('.mjs', ''));
  await mkdir(folder, { recursive: true });
  const quietly = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', '--prefix', folder, ...quietly, '--fetch-retries=0', peer.package];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.split('\n')[0] || `npm ended with ${status}`);
  await cp(import.meta.dirname, folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  return join(folder, peer.program);
}
