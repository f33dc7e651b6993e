import type { Handlers } from '../../../preload/contract/index.ts';
import type { Methods } from '../describe/run.ts';
import type { Ports } from '../ports/ports.ts';

export const describeHandlers = (ports: Ports, methods: Methods): Handlers['describe'] => ({
  // The code is loaded with the first call, so that the program starts faster.
  apply: async ({ file, variables, diff, prune }) => {
    const { readDescription } = await import('../describe/read.ts');
    const description = readDescription(await ports.parseDocument(file, true), variables);
    const { apply, plan } = await import('../describe/apply.ts');
    const { changes, unchanged } = await (diff ? plan : apply)(ports, methods, description, prune);
    return { changes: [...changes], unchanged, applied: !diff };
  },
  export: async () => {
    const { exportDescription } = await import('../describe/export.ts');
    const { value, variables } = exportDescription(ports);
    return { text: await ports.formatDocument(value), variables: [...variables] };
  },
});
