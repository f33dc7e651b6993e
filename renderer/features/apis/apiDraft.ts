/** The draft key for unsaved changes of an API. */
export const apiDraft = (id: number): string => `api ${id}`;
