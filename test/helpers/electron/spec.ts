import { once } from 'node:events';

/** The question of a dialog. The answer is the label of a button. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A message of the tested program to the spec that started it. */
export type ToSpec =
  /** The debugging address of Chromium. */
  | { readonly window: string }
  | { readonly question: Question }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** A message of the spec: an answer, or the text of a function to run with `electron`. */
export type FromSpec =
  | { readonly answer: string }
  | { readonly id: number; readonly run: string; readonly given: unknown };

export const tellSpec = (told: ToSpec): void => void process.send?.(told);

/** Sends a question to the spec and waits for the answer. */
export async function askSpec(question: Question): Promise<string> {
  tellSpec({ question });
  for (;;) {
    const [told] = (await once(process, 'message')) as [FromSpec];
    if ('answer' in told) return told.answer;
  }
}

/** Runs the functions that the spec sends, with these modules. */
export function obeySpec(electron: object): void {
  process.on('message', async (told: FromSpec) => {
    if (!('run' in told)) return;
    const { id, run, given } = told;
    try {
      // The spec's function. Playwright would pass it to Electron in the same way.
      const made: (electron: object, given: unknown) => unknown = new Function(`return (${run})`)();
      tellSpec({ id, value: await made(electron, given) });
    } catch (error) {
      tellSpec({ id, error: error instanceof Error ? String(error.stack) : String(error) });
    }
  });
}
