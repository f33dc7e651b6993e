/** The key types for people. */
export const keyTypeNames = { PRODUCTION: 'Production', SANDBOX: 'Sandbox' } as const;
