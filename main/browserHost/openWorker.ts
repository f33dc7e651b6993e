// Opens an address in the default browser. Runs in its own thread, as `open` passes its thread's environment on.
import { workerData } from 'node:worker_threads';
import open, { apps } from 'open';

const address: string = workerData;

/** The usual program for a file may be an editor. So this names the default browser, where `open` knows it. */
const openFile = () => open(address, { app: { name: apps.browser } }).catch(() => open(address));

await (address.startsWith('file:') ? openFile() : open(address));
