import { KeyfobError } from '../../../preload/contract/errors.ts';

const mostBytes = 6_000_000;

/** Gives bytes as base64. Throws `bad_input` if they can't be read. */
export const base64Of = (document: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
    reader.onerror = () => reject(new KeyfobError('bad_input', "The file can't be read. Choose it again."));
    reader.readAsDataURL(document);
  });

/** A document that is chosen as a file, or pasted. */
export interface ChosenDocument {
  readonly from: 'file' | 'text';
  readonly file: File | undefined;
  readonly text: string;
}

/**
 * Gives a chosen file or pasted text in the form that the contract takes. Throws `bad_input` for a document that is too
 * large or can't be read.
 */
export async function documentOf({ from, file, text }: ChosenDocument): Promise<string> {
  const document = from === 'file' && file !== undefined ? file : new Blob([text]);
  if (document.size > mostBytes) {
    throw new KeyfobError('bad_input', 'A document may have at most 6 MB. Choose a smaller one.');
  }
  return await base64Of(document);
}
