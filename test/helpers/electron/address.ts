/**
 * Only here does `app://` become another address. Chromium alone does not know that scheme, so the page uses an http origin that
 * is as secure and never reaches a network. So the specs do not prove that Electron serves `app://` in the same way.
 */
const standIn = 'http://keyfob.localhost';
const real = 'app://keyfob';

const replaceStart = (text: string, from: string, to: string): string =>
  text.startsWith(from) ? `${to}${text.slice(from.length)}` : text;

/** The address for Chromium. */
export const forChromium = (address: string): string => replaceStart(address, real, standIn);

/** The address for the tested program. */
export const forProgram = (address: string): string =>
  replaceStart(replaceStart(address, standIn, real), `blob:${standIn}`, `blob:${real}`);
