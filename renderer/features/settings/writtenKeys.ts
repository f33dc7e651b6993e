import { shownKeys } from '../../store/window/keyPress.ts';
import { keyNames } from '../../ui/keyNames.ts';

/** Keys within a sentence, as this system writes them: "Ctrl+K". */
export const written = (keys: string): string => keyNames(shownKeys(keys)).join('+');
