import { json } from './reply.ts';

/** Error replies go without these (reference 4.5). https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export const notStored = ['Cache-Control', 'no-store', 'Pragma', 'no-cache'];
export const jsonNotStored = [...json, ...notStored];
