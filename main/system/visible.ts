/** Escapes control characters and invisible direction marks, so that text cannot steer a terminal. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`,
  );
