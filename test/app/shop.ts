import type { TestContext } from 'node:test';
import { openServingApp } from '../helpers/app.ts';
import { createOAuthClient } from '../helpers/oauthClient.ts';

/** A serving app with an application `Shop` and a user, and a client over plain HTTP. It is closed with the test. */
export async function openShop(t: TestContext) {
  const opened = await openServingApp();
  t.after(opened.close);
  const { status, consumerKey: id, consumerSecret: secret } = opened;
  const client = createOAuthClient(`http://127.0.0.1:${status.httpPort}`, { id, secret });
  t.after(client.close);
  return { ...opened, client };
}
