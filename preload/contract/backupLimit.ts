/** A backup has at most so many bytes, before and after it is sealed. Apart, as whoever starts needs no schemas. */
export const backupLimitBytes = 32 * 1024 * 1024;
