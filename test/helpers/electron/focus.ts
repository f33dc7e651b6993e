/** The windows that have the focus: one, or none. */
export const focusedWindows = new Set<object>();
