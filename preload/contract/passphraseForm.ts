const byteOrderMark = '\uFEFF';

/**
 * Gives the normal form of a passphrase for key derivation: NFC, as macOS and Windows type the same text differently,
 * without a byte order mark, which text files may start with.
 */
export const passphraseForm = (typed: string): string =>
  (typed.startsWith(byteOrderMark) ? typed.slice(1) : typed).normalize('NFC');

/** Gives the forms that files of earlier versions may use. The current one comes first. */
export const passphraseForms = (typed: string): readonly string[] => {
  const form = passphraseForm(typed);
  return [...new Set([form, typed, form.normalize('NFD'), `${byteOrderMark}${form}`])];
};
