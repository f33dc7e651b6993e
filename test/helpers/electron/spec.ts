import { once } from 'node:events';

/** A question that a dialog asks; it is answered by the label of a button. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** What the program under test tells the spec that started it. */
export type ToSpec =
  /** Where Chromium takes orders. */
  | { readonly window: string }
  | { readonly question: Question }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** What the spec tells it: an answer, or a function to run on its `electron`, by its text. */
export type FromSpec =
  | { readonly answer: string }
  | { readonly id: number; readonly run: string; readonly given: unknown };

export const tellSpec = (told: ToSpec): void => void process.send?.(told);

/** Asks the spec, and waits for its answer. */
export async function askSpec(question: Question): Promise<string> {
  tellSpec({ question });
  for (;;) {
    const [told] = (await once(process, 'message')) as [FromSpec];
    if ('answer' in told) return told.answer;
  }
}

/** Runs what the spec sends on these modules, from now on. */
export function obeySpec(electron: object): void {
  process.on('message', async (told: FromSpec) => {
    if (!('run' in told)) return;
    const { id, run, given } = told;
    try {
      // The spec's own function, which Playwright would bring into Electron in the same way.
      const made: (electron: object, given: unknown) => unknown = new Function(`return (${run})`)();
      tellSpec({ id, value: await made(electron, given) });
    } catch (error) {
      tellSpec({ id, error: error instanceof Error ? String(error.stack) : String(error) });
    }
  });
}
