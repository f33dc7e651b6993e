// How a bundle for Node is cut into files, so that a command starts fast.
import { join } from 'node:path';
import type { Rollup } from 'vite';

const root = join(import.meta.dirname, '../..');

/** The root of each layer, lowest first. One chunk has all that it imports statically, except what a lower layer has. */
const layers = {
  program: 'main/cli.ts',
  contract: 'preload/contract/index.ts',
  calls: 'main/cli/commands/callMethod.ts',
  app: 'main/app/app.ts',
};

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** All that these files import statically, without themselves. */
function importedBy(files: readonly string[], graph: Graph): ReadonlySet<string> {
  const roots = files.map((file) => join(root, file));
  const found = new Set(roots);
  for (const id of found) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  for (const id of roots) found.delete(id);
  return found;
}

/** Groups for rolldown: a command would else read up to 95 chunks, half a millisecond each. Workers keep their own modules. */
export const layerGroups = (workers: readonly string[]) =>
  Object.entries(layers).map(([layer, file], at, all) => {
    let closures: Readonly<Record<'own' | 'worker', ReadonlySet<string>>> | undefined;
    return {
      debugName: layer,
      priority: all.length - at,
      name(id: string, graph: Graph) {
        closures ??= { own: importedBy([file], graph), worker: importedBy(workers, graph) };
        return closures.own.has(id) && !closures.worker.has(id) ? layer : null;
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
