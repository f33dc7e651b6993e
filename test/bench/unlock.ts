// Prints how long the keychain keeps a start waiting: the time it takes to unlock the vault of the folder named.
import { createRandom } from '../../main/platform/random.ts';
import { createVault } from '../../main/vault/vault.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the data folder.');
const vault = createVault({ folder, random: createRandom() });
const start = performance.now();
await vault.unlock(undefined);
process.stdout.write(`${JSON.stringify({ unlockMs: performance.now() - start })}\n`);
