import { dialog } from 'electron';

/** Says what went wrong where there is no page to say it, and what to do. */
export function tellFailure(what: string, message: string): void {
  dialog.showErrorBox(what, message);
}
