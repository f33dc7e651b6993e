import { buildStale } from '../../main/packaging/build.ts';

/** Builds of what the specs show whatever is older than what it is made of. Throws when it cannot be built. */
export default function buildWindow(): void {
  if (buildStale(['renderer', 'desktop', 'preload']) !== 0) throw new Error('the window could not be built');
}
