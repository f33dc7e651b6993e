import { exactDuration } from '../../../preload/contract/durations.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { IssuedToken } from '../../../preload/contract/tokens.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';
import { envLine } from '../../exports/variables/env.ts';
import { withClosing } from '../../system/closing.ts';
import { logError } from '../../system/logError.ts';
import type { TokenFlags } from '../program/actions.ts';
import { chosenKeys, issueOne } from '../session/chosenKeys.ts';
import { openSession } from '../session/openSession.ts';
import type { Parts } from '../session/parts.ts';

/** Throws `refused` for a token that expires sooner than `leastSeconds`. */
function demandLifetime({ id, expiresInSeconds }: IssuedToken, leastSeconds: number | undefined, next: string): void {
  if (leastSeconds === undefined || expiresInSeconds === null || expiresInSeconds >= leastSeconds) return;
  const left = exactDuration(expiresInSeconds);
  throw new KeyfobError(
    'refused',
    `Token ${id} expires in ${left}, sooner than ${exactDuration(leastSeconds)}. Replace it: \`${next}\`.`,
  );
}

/** Prints one access token, and nothing else. Throws as the endpoint refuses it, and `refused` for a short lifetime. */
export async function printToken(flags: TokenFlags, parts: Pick<Parts, 'folder' | 'openApp'>): Promise<void> {
  await withClosing(async (opened) => {
    const { call } = await openSession(flags, parts, opened);
    const keys = await chosenKeys(flags, call);
    const token = await issueOne({ ...keys, device: flags.device, scope: flags.scope }, call);
    const user = keys.user === undefined ? '' : ` --user ${posix(keys.user)}`;
    const scopes = [...(flags.scope ?? []), ...(flags.device === undefined ? [] : [`device_${flags.device}`])].join(
      ' ',
    );
    const scope = scopes === '' ? '' : ` --scope ${posix(scopes)}`;
    const regenerate = `keyfob tokens regenerate --application ${posix(keys.application)} --key-type ${keys.keyType}${user}${scope}`;
    demandLifetime(token, flags.minLifetime, regenerate);
    process.stdout.write(textOf(token, flags));
  }, logError);
}

function textOf(token: IssuedToken, { json, header, env }: TokenFlags): string {
  if (json) return `${JSON.stringify(token)}\n`;
  if (header) return `Authorization: Bearer ${token.accessToken}\n`;
  return env ? envLine('KEYFOB_ACCESS_TOKEN', token.accessToken) : `${token.accessToken}\n`;
}
