/** Hands a file to the browser, which keeps it where it keeps downloads. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser may read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
