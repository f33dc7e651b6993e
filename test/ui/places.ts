/** Every screen of the window that a spec goes through, as the part of its address after `#/`. */
export const places = [
  'applications',
  'applications/1/production',
  'devices',
  'tokens',
  'tokens/12',
  'users',
  'scopes',
  'endpoint',
  'requests',
  'settings/lifetimes',
  'settings/rules',
  'settings/clock',
  'settings/vault',
  'settings/appearance',
  'settings/shortcuts',
  'settings/about',
] as const;
