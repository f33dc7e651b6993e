const kinds = { application: 1, keys: 2, api: 3, subscription: 4, keyManager: 5 } as const;

type PortalKind = keyof typeof kinds;

/** "keyfob" in ASCII, a version 8 UUID (https://www.rfc-editor.org/rfc/rfc9562#section-5.8), and the kind. */
const prefixOf = (kind: PortalKind): string => `6b657966-6f62-800${kinds[kind]}-8000-`;

/** A row id as a UUID, as clients of API Manager expect ids. */
export const portalId = (kind: PortalKind, id: number): string => prefixOf(kind) + id.toString(16).padStart(12, '0');

/** The row id in a UUID of this kind; undefined for any other text. */
export const rowIdOf = (kind: PortalKind, text: string): number | undefined => {
  const lower = text.toLowerCase();
  const digits = lower.startsWith(prefixOf(kind)) ? lower.slice(-12) : '';
  return lower.length === 36 && /^[0-9a-f]{12}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
};
