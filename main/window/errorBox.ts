import { dialog } from 'electron';

/** Shows an error in a box of the system, for errors without a page to show them. */
export function showError(title: string, message: string): void {
  dialog.showErrorBox(title, message);
}
