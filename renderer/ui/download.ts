/** Saves a file as a download. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Revoke the URL later: the browser may read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
