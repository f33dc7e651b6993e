import { readFileSync } from 'node:fs';
import { openServingApp } from '../helpers/app.ts';
import { basic, formType, type HeaderLines, request, type Target } from '../listener/wire.ts';

/** The form that requests a user token, in all tests. */
export const passwordForm = 'grant_type=password&username=tester&password=s3cret&scope=device_ipad';

/** A serving app with two clients, for the tests of the wire. */
export async function openShop() {
  const test = await openServingApp();
  const { consumerKey, consumerSecret, status } = test;
  const { call } = test.app;
  await call('applications.create', { name: 'Other' });
  const other = await call('keys.generate', {
    application: 'Other',
    keyType: 'PRODUCTION',
    grantTypes: ['client_credentials'],
  });
  const ca = readFileSync(status.caFile, 'utf8');
  const https: Target = { port: status.port ?? 0, ca };
  const http: Target = { port: status.httpPort ?? 0 };
  const authorization = basic(consumerKey, consumerSecret);
  return {
    ...test,
    ca,
    http,
    https,
    authorization,
    /** Another client: it may use client_credentials only. */
    other: {
      consumerKey: other.consumerKey,
      accessToken: other.token.accessToken,
      authorization: basic(other.consumerKey, other.consumerSecret),
    },
    /** A form that our client posts. Given headers replace the usual ones. */
    post: (path: string, body: string, headers: HeaderLines = {}) =>
      request(`POST ${path} HTTP/1.1`, { Authorization: authorization, 'Content-Type': formType, ...headers }, body),
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
