// How a bundle for Node is cut into files, so that a command starts fast.
import { join } from 'node:path';
import type { Rollup } from 'vite';

const folder = join(import.meta.dirname, '../..');

/**
 * The layers, lowest first. One chunk has all that each root of a layer imports statically, except what a lower layer has. So
 * `keyfob serve` starts without the rest of the contract, whose schemas take 20 ms to create.
 */
const layers = {
  program: ['main/cli.ts'],
  schemas: ['preload/contract/index.ts', 'main/serve/serve.ts'],
  session: ['main/cli/commands/callMethod.ts', 'main/serve/serve.ts'],
  contract: ['preload/contract/index.ts'],
  calls: ['main/cli/commands/callMethod.ts'],
  app: ['main/app/app.ts'],
};

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** All that a file imports statically, without itself. */
function importedBy(file: string, graph: Graph): ReadonlySet<string> {
  const root = join(folder, file);
  const found = new Set([root]);
  for (const id of found) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  found.delete(root);
  return found;
}

/** Groups for rolldown: a command would else read up to 95 chunks, half a millisecond each. Workers keep their own modules. */
export const layerGroups = (workers: readonly string[]) =>
  Object.entries(layers).map(([layer, roots], at, all) => {
    let imports: Readonly<Record<'roots' | 'workers', readonly ReadonlySet<string>[]>> | undefined;
    return {
      debugName: layer,
      priority: all.length - at,
      name(id: string, graph: Graph) {
        const read = (files: readonly string[]) => files.map((file) => importedBy(file, graph));
        imports ??= { roots: read(roots), workers: read(workers) };
        const isMember = imports.roots.every((ids) => ids.has(id)) && !imports.workers.some((ids) => ids.has(id));
        return isMember ? layer : null;
      },
    };
  });

/**
 * Takes Node's modules from Node instead of importing them. An import reads each export, and so loads all of Node that these refer
 * to: `node:http` its WebSocket with HTTP/2, which takes 36 ms.
 */
export const builtins: Rollup.Plugin = {
  name: 'builtins',
  renderChunk: (code) =>
    code.replace(
      /^import (?:([\w$]+)(?:, )?)?(\{[^}]*\}|\* as [\w$]+)? ?(?:from )?"(node:[\w/]+)";$/gm,
      (_, whole: string | undefined, part: string | undefined, id: string) =>
        [whole, part?.replace('* as ', '').replaceAll(' as ', ': ')]
          .filter((names) => names !== undefined)
          .map((names) => `const ${names} = globalThis.process.getBuiltinModule("${id}");`)
          .join(' '),
    ),
};
