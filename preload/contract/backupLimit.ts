/** The size limit of a backup, encrypted or not. In its own file, so that a start does not load the schemas. */
export const backupLimitBytes = 32 * 1024 * 1024;
