import { powerMonitor } from 'electron';

/** Locks when the screen is locked, and before the machine goes to sleep; a session that ends locks by ending. */
export function lockWithScreen(lock: () => void): void {
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
}
