// Opens an address in the default browser. A thread of its own, as `open` passes on the environment of its thread.
import { workerData } from 'node:worker_threads';
import open, { apps } from 'open';

const address: string = workerData;

/** A file's usual program may be an editor, so the default browser is named where `open` knows it. */
const openFile = () => open(address, { app: { name: apps.browser } }).catch(() => open(address));

await (address.startsWith('file:') ? openFile() : open(address));
