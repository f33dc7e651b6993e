/**
 * The one place where `app://` is something else: Chromium by itself knows no such scheme, so the page is at an origin of http that
 * is as secure, and that no request ever leaves for. That Electron serves `app://` as this does is therefore not proven.
 */
const standIn = 'http://keyfob.localhost';
const real = 'app://keyfob';

const replaceStart = (text: string, from: string, to: string): string =>
  text.startsWith(from) ? `${to}${text.slice(from.length)}` : text;

/** An address as Chromium gets it. */
export const forChromium = (address: string): string => replaceStart(address, real, standIn);

/** An address as the program under test would see it. */
export const forProgram = (address: string): string =>
  replaceStart(replaceStart(address, standIn, real), `blob:${standIn}`, `blob:${real}`);
