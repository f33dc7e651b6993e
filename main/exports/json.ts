/** JSON for people: indented, with a final line break. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
