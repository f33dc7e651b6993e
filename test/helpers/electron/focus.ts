/** The focused windows: one or none. */
export const focusedWindows = new Set<object>();
