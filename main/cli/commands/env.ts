import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { writeEnvironment } from '../../exports/variables/environment.ts';
import { withClosing } from '../../system/closing.ts';
import { systemError } from '../../system/errors.ts';
import { logError } from '../../system/logError.ts';
import type { Caller } from '../../transport/reply.ts';
import { keyfobVariables } from '../environment/variables.ts';
import { note } from '../output/report.ts';
import type { EnvFlags } from '../program/actions.ts';
import { openSession } from '../session/openSession.ts';
import type { Parts } from '../session/parts.ts';

/** The addresses of the endpoint; those of its next start, if it does not run. */
async function endpointOf(call: Caller): Promise<Omit<EndpointStatus, 'running'>> {
  const status = await call('endpoint.status', {});
  if (status.running) return status;
  const { port } = await call('settings.read', {});
  const origin = `https://localhost:${port}`;
  note(`No endpoint runs, so the addresses are those of \`keyfob serve\`: ${origin}`);
  return {
    ...status,
    ...{ tokenUrl: `${origin}/token`, revokeUrl: `${origin}/revoke`, introspectUrl: `${origin}/oauth2/introspect` },
  };
}

/** The file that a job of GitHub Actions reads after the step. Throws `bad_input` outside a job. */
function githubFile(): string {
  const file = process.env.GITHUB_ENV;
  if (file) return file;
  throw new KeyfobError(
    'bad_input',
    'GITHUB_ENV is not set. Run this in a step of GitHub Actions, or choose another --format.',
  );
}

function append(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw systemError(error, file);
  }
}

/** Prints the variables of a program that calls the endpoint. Throws `bad_input` for a value that the format cannot hold. */
export async function printEnvironment(flags: EnvFlags, parts: Pick<Parts, 'folder' | 'openApp'>): Promise<void> {
  const format = flags.json ? 'json' : flags.format;
  // Outside a job, no token is issued and no value is printed.
  const file = format === 'github' ? githubFile() : undefined;
  await withClosing(async (opened) => {
    const { call } = await openSession(flags, parts, opened);
    const { keys, variables } = await keyfobVariables(flags, await endpointOf(call), call);
    const { pem: caPem } = await call('endpoint.exportCa', {});
    const delimiter = `EOF_${randomBytes(12).toString('hex')}`;
    const { masks, text } = writeEnvironment(variables, format, { application: keys.application, caPem, delimiter });
    process.stdout.write(masks.join(''));
    if (file === undefined) process.stdout.write(text);
    else {
      append(file, text);
      note(`Set for the next steps: ${variables.map(({ name }) => name).join(', ')}`);
    }
  }, logError);
}
