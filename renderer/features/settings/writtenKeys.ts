import { shownKeys } from '../../store/window/keyPress.ts';
import { keyNames } from '../../ui/keyNames.ts';

/** Keys in a sentence, in this system's form: "Ctrl+K". */
export const written = (keys: string): string => keyNames(shownKeys(keys)).join('+');
