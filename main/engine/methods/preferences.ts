import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';

export const preferencesHandlers = ({ preferences, events }: Ports): Handlers['preferences'] => ({
  read: () => preferences.read(),
  write: async (changes) => {
    const changed = { ...preferences.read(), ...changes };
    preferences.write(changed);
    events.emit('preferences.changed', changed);
    return changed;
  },
});
