import type { Handlers } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports/ports.ts';

type Parts = Pick<Ports, 'endpoint' | 'machine' | 'store'>;

export const endpointHandlers = ({ endpoint, machine, store }: Parts): Handlers['endpoint'] => ({
  async status() {
    const networkAddresses = [...(await machine.networkAddresses())];
    const status = { ...endpoint.status(), networkAddresses };
    const { extraNames } = store.settings.read();
    if (extraNames.length === 0) return status;
    const warnings = await machine.nameWarnings(extraNames, status.running ? status.addresses : undefined);
    return warnings.length === 0 ? status : { ...status, warnings: [...warnings] };
  },
  start: (at) => endpoint.start(at),
  stop: () => endpoint.stop(),
  exportCa: () => endpoint.ca(),
});
