import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { openServingApp } from '../helpers/app.ts';

/** The task of a foreign client, as JSON on its standard input. */
export interface Task {
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly introspectUrl: string;
  readonly caFile: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly username: string;
  readonly password: string;
  /** Each client has its own device scope, so it starts without tokens. */
  readonly scope: string;
}

/** A client's report of a token, in the words of its library. */
export interface ToldToken {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
}

/** A client's report of every flow, in this order, as JSON on its standard output. */
export interface Round {
  /** client_credentials, with the scope. */
  readonly application: ToldToken;
  /** password, with the scope. */
  readonly user: ToldToken;
  /** The same again. */
  readonly again: ToldToken;
  /** refresh_token, of the user token. */
  readonly refreshed: ToldToken;
  /** Introspection of the refreshed token, and of the one before it. */
  readonly live: Readonly<Record<string, unknown>>;
  readonly retired: Readonly<Record<string, unknown>>;
  /** Introspection of the refreshed token after it was revoked. */
  readonly revoked: Readonly<Record<string, unknown>>;
  /** The error code of a password grant with a wrong password. */
  readonly refusal: string;
}

/** What an OpenID client learns of a user. */
export interface Identity {
  readonly issuer: string;
  /** Of the ID token, whose signature it verified. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly userinfo: Readonly<Record<string, unknown>>;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. Asynchronous, as its server runs in this process. */
export const run = (
  { command, args, env = process.env }: Program,
  input: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });

/** An app, and the tasks of its clients. */
export const openPeers = async () => {
  const test = await openServingApp();
  const { tokenUrl = '', revokeUrl = '', introspectUrl = '', caFile } = test.status;
  const { consumerKey, consumerSecret } = test;
  return {
    ...test,
    task: (device: string): Task => ({
      ...{ tokenUrl, revokeUrl, introspectUrl, caFile, consumerKey, consumerSecret },
      ...{ username: 'tester', password: 's3cret', scope: `device_${device}` },
    }),
  };
};

const assertToken = (token: ToldToken, scope: string): void => {
  assert.match(token.access_token, /^[\w-]{28}$/);
  assert.equal(token.token_type.toLowerCase(), 'bearer');
  assert.equal(String(token.scope), scope);
  assert.ok(token.expires_in > 0 && token.expires_in <= 3600, `${token.expires_in}`);
};

/** Compares a client's report with the expected one. */
export const assertRound = (round: Round, { scope, consumerKey }: Task): void => {
  const { application, user, again, refreshed } = round;
  assertToken(application, `am_application_scope ${scope}`);
  assert.equal(application.refresh_token, undefined);
  assertToken(user, scope);
  assert.match(user.refresh_token ?? '', /^[\w-]{28}$/);
  assert.deepEqual([again.access_token, again.refresh_token], [user.access_token, user.refresh_token]);
  assertToken(refreshed, scope);
  assert.equal(new Set([application, user, refreshed].map(({ access_token }) => access_token)).size, 3);
  assert.notEqual(refreshed.refresh_token, user.refresh_token);

  const { active, client_id, username, token_type, exp, iat } = round.live;
  assert.deepEqual([active, client_id, username, token_type], [true, consumerKey, 'tester@carbon.super', 'Bearer']);
  assert.equal(round.live.scope, scope);
  assert.equal(Number(exp) - Number(iat), 3600);
  assert.deepEqual(round.retired, { active: false });
  assert.deepEqual(round.revoked, { active: false });
  assert.equal(round.refusal, 'invalid_grant');
};
