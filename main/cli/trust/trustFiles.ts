import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTrustStore, trustStorePassword } from '../../platform/certificates/pkcs12.ts';
import { bundleOf, certificatesAt, systemRoots } from '../../platform/certificates/roots.ts';
import { writePrivateFile } from '../../system/privateFile.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables for programs that have to trust an authority, and what the person should know. */
export interface TrustVariables {
  readonly variables: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** A folder that gets the files. */
export interface TrustFolder {
  readonly path: string;
  /** The mode of its files; they hold certificates only. */
  readonly mode: number;
}

/** Option of the JVM. It reads quotes in JAVA_TOOL_OPTIONS, as paths may have spaces. */
const javaOption = (name: string, value: string): string => {
  const option = `-Djavax.net.ssl.${name}=${value}`;
  if (!/[\s'"]/.test(option)) return option;
  return option.includes('"') ? `'${option}'` : `"${option}"`;
};

/** The options that make a JVM use a trust store, for JAVA_TOOL_OPTIONS. */
export const javaOptions = (trustStore: string): string =>
  [
    javaOption('trustStore', trustStore),
    javaOption('trustStorePassword', trustStorePassword),
    javaOption('trustStoreType', 'PKCS12'),
  ].join(' ');

/** The variables that replace the roots of a program, each with those that it would read instead. */
const bundles = [
  ['SSL_CERT_FILE', ['SSL_CERT_FILE']],
  ['REQUESTS_CA_BUNDLE', ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE']],
  ['CURL_CA_BUNDLE', ['CURL_CA_BUNDLE', 'SSL_CERT_FILE']],
] as const;

/** GNU wget with GnuTLS and wget2 read no variable for certificates, but one for the configuration of the system. */
const wgets = [
  ['SYSTEM_WGETRC', 'wgetrc'],
  ['SYSTEM_WGET2RC', 'wget2rc'],
] as const;
const configurationFolders = ['/etc', '/usr/local/etc', '/opt/homebrew/etc'];

function textOfFirst(paths: readonly string[]): string {
  for (const path of paths) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // The next one.
    }
  }
  return '';
}

/** Writes `ca.pem`, `bundle.pem` and `truststore.p12`: the authority, with and without the roots of this system. */
export function writeTrustFiles({ path, mode }: TrustFolder, caPem: string): void {
  const roots = [caPem, ...systemRoots()];
  const write = (name: string, content: string | Uint8Array) => writePrivateFile(join(path, name), content, { mode });
  write('ca.pem', bundleOf([caPem]));
  write('bundle.pem', bundleOf(roots));
  write('truststore.p12', createTrustStore(roots));
}

/** The variables for the files of {@link writeTrustFiles}. */
export const plainTrustVariables = (folder: string): Readonly<Record<string, string>> => ({
  NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  ...Object.fromEntries(bundles.map(([name]) => [name, join(folder, 'bundle.pem')])),
  JAVA_TOOL_OPTIONS: javaOptions(join(folder, 'truststore.p12')),
});

/** The values of `NO_PROXY` with these hosts, which no proxy can reach. */
function withoutProxy(env: Environment, hosts: readonly string[]): string {
  const before = [env.no_proxy, env.NO_PROXY].flatMap((text) => (text ?? '').split(',')).map((host) => host.trim());
  return [...new Set([...before.filter((host) => host !== ''), ...hosts])].join(',');
}

function javaVariables(env: Environment, folder: string): TrustVariables {
  const before = env.JAVA_TOOL_OPTIONS?.trim() ?? '';
  if (before.includes('javax.net.ssl.trustStore=')) {
    const note = 'JAVA_TOOL_OPTIONS names a trust store already, so Java does not trust the endpoint by this command.';
    return { variables: {}, notes: [note] };
  }
  const options = javaOptions(join(folder, 'truststore.p12'));
  return { variables: { JAVA_TOOL_OPTIONS: before === '' ? options : `${before} ${options}` }, notes: [] };
}

/**
 * Writes the files that let programs trust an authority in addition to what they trust now, and gives the variables that name them.
 * A variable that is set already keeps its certificates. Throws errors of the file system.
 */
export function trustVariables(
  folder: TrustFolder,
  { caPem, hosts, env }: { readonly caPem: string; readonly hosts: readonly string[]; readonly env: Environment },
): TrustVariables {
  writeTrustFiles(folder, caPem);
  const inFolder = (name: string, content: string) => {
    const file = join(folder.path, name);
    writePrivateFile(file, content, { mode: folder.mode });
    return file;
  };
  const extended = (name: string, sources: readonly string[]): Record<string, string> => {
    const set = sources.flatMap((source) => env[source] || [])[0];
    const before = set === undefined ? [] : certificatesAt(set);
    return before.length === 0 ? {} : { [name]: inFolder(`${name}.pem`, bundleOf([...before, caPem])) };
  };
  const wgetrc = (variable: string, name: string): Record<string, string> => {
    const set = env[variable];
    const before = textOfFirst(set ? [set] : configurationFolders.map((one) => join(one, name)));
    return { [variable]: inFolder(name, `${before}\nca_certificate = ${join(folder.path, 'bundle.pem')}\n`) };
  };
  const noProxy = withoutProxy(env, ['localhost', '127.0.0.1', '::1', ...hosts]);
  const { JAVA_TOOL_OPTIONS: _, ...plain } = plainTrustVariables(folder.path);
  const java = javaVariables(env, folder.path);
  return {
    variables: {
      ...plain,
      ...Object.assign({}, ...bundles.map(([name, sources]) => extended(name, sources))),
      ...extended('NODE_EXTRA_CA_CERTS', ['NODE_EXTRA_CA_CERTS']),
      ...java.variables,
      ...Object.assign({}, ...wgets.map(([variable, name]) => wgetrc(variable, name))),
      NO_PROXY: noProxy,
      no_proxy: noProxy,
    },
    notes: java.notes,
  };
}
