import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 count the memory of buffers as part of the heap. Otherwise it collects the whole heap after each 64 MiB of
 * buffers, which large bodies allocate many times a second. Does nothing in Electron, whose V8 has its own build.
 */
export const countBuffersInHeap = (): void => {
  if (process.versions.electron === undefined) setFlagsFromString('--external-memory-accounted-in-global-limit');
};
