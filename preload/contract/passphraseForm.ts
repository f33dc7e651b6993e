export const byteOrderMark = '\uFEFF';

/**
 * The one form of a passphrase that keys are derived from: composed letters (NFC), as macOS and Windows type the same text
 * differently, and no byte order mark, which text files begin with.
 */
export const passphraseForm = (typed: string): string =>
  (typed.startsWith(byteOrderMark) ? typed.slice(1) : typed).normalize('NFC');

/** Forms that files of earlier versions may have been made with, and the current one first. */
export const passphraseForms = (typed: string): readonly string[] => {
  const form = passphraseForm(typed);
  return [...new Set([form, typed, form.normalize('NFD'), `${byteOrderMark}${form}`])];
};
