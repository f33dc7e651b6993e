import type { Handlers } from '../../../preload/contract/index.ts';
import { createNotes } from '../apis/openApi/values.ts';
import type { Methods } from '../describe/run.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';

/** As many as a keyfob.yaml may have. Checked first, as describing 100,000 takes seconds. */
const mostApplications = 1000;

/** Imports run like a keyfob.yaml that says the same: one transaction, which a preview rolls back. */
export const importHandlers = (ports: Ports, methods: Methods): Handlers['imports'] => ({
  // The code is loaded with the first call, so that the program starts faster.
  application: async ({ file, preview, ...choices }) => {
    const { readForeignFile } = await import('../imports/read.ts');
    const notes = createNotes();
    const { source, applications } = await readForeignFile(ports, file, notes);
    if (applications.length > mostApplications) {
      throw badInput(
        'file',
        `The file holds ${applications.length} applications. Import at most ${mostApplications} at once.`,
      );
    }
    if (choices.name !== undefined && applications.length > 1) {
      throw badInput(
        'name',
        `The file holds ${applications.length} applications, so one name is not enough. Leave it out.`,
      );
    }
    const { descriptionOf } = await import('../imports/description.ts');
    const described = applications.map((one) => descriptionOf(ports, one, choices, notes));
    const { checkDescription } = await import('../describe/read.ts');
    const description = checkDescription({ keyfob: 1, applications: described }, () => '');
    const { apply, plan } = await import('../describe/apply.ts');
    const { changes, unchanged } = await (preview ? plan : apply)(ports, methods, description, { kinds: [] });
    return {
      ...{ source, applications: described.map(({ name }) => String(name)), changes: [...changes], unchanged },
      notes: notes.all(),
      applied: !preview,
    };
  },
});
