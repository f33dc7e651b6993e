import type { DescribedSecrets } from '../../../preload/contract/describe.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { recipientOf } from '../backup/recipient.ts';
import type { Methods } from '../describe/run.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';

/** The first lines of a file that must not get into a repository. */
const warningOf = (secrets: DescribedSecrets): string =>
  secrets === 'real' ? '# This file holds real secrets in clear. Do not commit it, and delete it after use.\n' : '';

/** An age file, given as base64, as text. https://c2sp.org/age#armored */
const armored = (file: string): string =>
  [
    '-----BEGIN AGE ENCRYPTED FILE-----',
    ...(file.match(/.{1,64}/g) ?? []),
    '-----END AGE ENCRYPTED FILE-----',
    '',
  ].join('\n');

export const describeHandlers = (ports: Ports, methods: Methods): Handlers['describe'] => ({
  // The code is loaded with the first call, so that the program starts faster.
  apply: async ({ file, variables, diff, prune, removable, backupPassphrase, backupIdentity }) => {
    const { readDescription } = await import('../describe/read.ts');
    const opened = await ports.backupCipher.unsealed(file, { passphrase: backupPassphrase, identity: backupIdentity });
    const description = readDescription(await ports.parseDocument(opened, true), variables);
    const { apply, plan } = await import('../describe/apply.ts');
    const { changes, unchanged } = await (diff ? plan : apply)(ports, methods, description, {
      kinds: prune,
      removable,
    });
    return { changes: [...changes], unchanged, applied: !diff };
  },
  export: async ({ secrets, backupPassphrase, recipients }) => {
    const recipient = secrets === 'age' ? recipientOf(backupPassphrase, recipients) : undefined;
    if (recipient === undefined && recipients.length > 0) {
      throw badInput('recipients', 'Only a sealed file has recipients. Choose the secrets age, or leave them out.');
    }
    const { exportDescription } = await import('../describe/export.ts');
    const { value, variables } = exportDescription(ports, secrets);
    const text = await ports.formatDocument(value);
    if (recipient === undefined) return { text: `${warningOf(secrets)}${text}`, variables: [...variables] };
    const { file } = await ports.backupCipher.seal(text, recipient);
    return { text: armored(file), variables: [] };
  },
});
