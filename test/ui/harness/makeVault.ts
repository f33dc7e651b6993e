// Makes a data folder with a vault under the specs' passphrase: `node test/ui/harness/makeVault.ts FOLDER`.
import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { openApp } from '../../../main/app/app.ts';
import { unwrapWithPassphrase } from '../../../main/vault/holders/passphrase.ts';
import { intoKey } from '../../../main/vault/subkeys.ts';
import { readVaultFile, writeVaultFile } from '../../../main/vault/vaultFile.ts';
import { wrap } from '../../../main/vault/wrap.ts';
import { passphrase } from './keyfob.ts';

/** Argon2's lowest: unlocking takes a millisecond, where the real cost is two hundred, for each of the specs. */
const cost = { memoryKiB: 8, passes: 1, lanes: 1 };

const folder = process.argv[2] ?? '';
const app = await openApp({ folder, what: 'the setup of the specs' });
await app.call('vault.create', { mode: 'passphrase', passphrase });
await app.close();

const file = readVaultFile(folder);
if (file?.held.mode !== 'passphrase') throw new Error('no vault under a passphrase was made');
const dataKey = await unwrapWithPassphrase(file, file.held, passphrase);
if (dataKey === undefined) throw new Error('the vault does not open');
const salt = randomBytes(16);
const { memoryKiB, passes, lanes } = cost;
const options = { memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, outputLen: 32, salt };
const key = intoKey(await hashRaw(passphrase, options));
const context = { ...file, further: `argon2id ${memoryKiB} ${passes} ${lanes}` };
const wrapped = wrap(dataKey, key, context, 'passphrase');
writeVaultFile(folder, { ...file, held: { ...file.held, ...cost, salt: salt.toString('base64url'), wrapped } });
