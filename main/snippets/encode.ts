const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** A form value as ASCII letters, digits, `-._` and percent escapes of its UTF-8: nothing is left for a shell to change. */
export const encodeFormValue = (value: string) => encodeURIComponent(value.toWellFormed()).replace(/[!'()*~]/g, hex);

/**
 * A URL without what curl refuses or a Windows code page changes: as URL parsers do, line breaks and tabs are dropped,
 * and after the host everything that RFC 3986 does not allow is percent-encoded.
 */
export const encodeUrl = (url: string) => {
  const kept = url.replace(/[\t\r\n]/g, '').toWellFormed();
  const origin = /^[a-z]+:\/\/[^/?#\\]*/i.exec(kept)?.[0] ?? '';
  return origin + kept.slice(origin.length).replace(/[^!#-;=?-[\]_a-z{}~]/gu, encodeURIComponent);
};
