const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Encodes a form value as ASCII letters, digits, `-._` and percent escapes of its UTF-8. No shell changes these. */
export const encodeFormValue = (value: string) => encodeURIComponent(value.toWellFormed()).replace(/[!'()*~]/g, hex);

/**
 * Cleans a URL as URL parsers do: drops line breaks and tabs, and percent-encodes what follows the host where
 * https://www.rfc-editor.org/rfc/rfc3986#section-2 requires it. curl would refuse it, or a Windows code page change it.
 */
export const encodeUrl = (url: string) => {
  const kept = url.replace(/[\t\r\n]/g, '').toWellFormed();
  const origin = /^[a-z]+:\/\/[^/?#\\]*/i.exec(kept)?.[0] ?? '';
  return origin + kept.slice(origin.length).replace(/[^!#-;=?-[\]_a-z{}~]/gu, encodeURIComponent);
};

export const isHttps = (url: string): boolean => /^https:/i.test(encodeUrl(url));

/** Encodes a URL for HTTP libraries. Java and Go refuse brackets and broken percent escapes. No client sends a fragment. */
export const encodeStrictUrl = (url: string): string => {
  const encoded = encodeUrl(url).replace(/#.*/, '');
  const origin = /^[a-z]+:\/\/[^/?]*/i.exec(encoded)?.[0] ?? '';
  return (
    origin +
    encoded
      .slice(origin.length)
      .replace(/%(?![\dA-Fa-f]{2})/g, '%25')
      .replace(/[[\]{}]/g, encodeURIComponent)
  );
};
