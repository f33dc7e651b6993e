import { isObject, isTrue, listOf, memberOf, type Notes, textOf } from '../apis/openApi/values.ts';
import type { ForeignApplication, ForeignFile, ForeignSubscription } from './foreign.ts';
import { isKey, keysByManager, serverKey, serverKeys, tokenFormatOf } from './serverKeys.ts';

/** A name that is a text, or the member `name` of an object, as older versions write it. */
const nameOf = (value: unknown): string | undefined => textOf(value) ?? textOf(memberOf(value, 'name'));

const subscriptionOf = (value: unknown): ForeignSubscription | undefined => {
  const id = memberOf(value, 'apiId') ?? memberOf(value, 'apiIdentifier');
  const api = textOf(memberOf(id, 'apiName'));
  const version = textOf(memberOf(id, 'version'));
  if (api === undefined || version === undefined) return undefined;
  return {
    ...{ api, version },
    tier: nameOf(memberOf(value, 'throttlingPolicy') ?? memberOf(value, 'tier')),
    state: textOf(memberOf(value, 'subStatus')),
  };
};

const isFilled = (value: unknown): boolean =>
  (Array.isArray(value) && value.length > 0) || (isObject(value) && Object.keys(value).length > 0);

/** Notes for members that Keyfob has no place for. */
const noteLosses = (info: unknown, notes: Notes): void => {
  for (const [name, words] of [
    ['groups', 'Groups that share the application are left out.'],
    ['attributes', 'Attributes of the application are left out.'],
    ['applicationAttributes', 'Attributes of the application are left out.'],
  ] as const) {
    if (isFilled(memberOf(info, name))) notes.add(words);
  }
  const status = textOf(memberOf(info, 'status'));
  if (status !== undefined && status !== 'APPROVED')
    notes.add(`The status ${status} is left out: every application here is approved.`);
};

/** An application of the portal's REST API, which archives of 4.x hold too. */
const portalApplication = (
  info: unknown,
  archive: { readonly version: string | undefined; readonly subscribed: unknown } | undefined,
  notes: Notes,
): ForeignApplication => {
  noteLosses(info, notes);
  const keys = memberOf(info, 'keys');
  return {
    name: textOf(memberOf(info, 'name')),
    owner: textOf(memberOf(info, 'owner')),
    tier: textOf(memberOf(info, 'throttlingPolicy')),
    description: textOf(memberOf(info, 'description')),
    // The portal gives keys as a list, or as a page with a list.
    keys: serverKeys(Array.isArray(keys) ? keys : memberOf(keys, 'list'), {
      isEncoded: archive !== undefined,
      tokenFormat: tokenFormatOf(textOf(memberOf(info, 'tokenType')), archive?.version),
      isHashed: isTrue(memberOf(info, 'hashEnabled')),
      notes,
    }),
    subscriptions: listOf(archive?.subscribed).flatMap((one) => subscriptionOf(one) ?? []),
  };
};

/** The internal object of 2.5 to 3.2. */
const internalApplication = (document: unknown, notes: Notes): ForeignApplication => {
  noteLosses(document, notes);
  const managed = memberOf(document, 'keyManagerWiseOAuthApp');
  const tokenType = textOf(memberOf(document, 'tokenType'));
  const context = {
    isHashed: false,
    notes,
    tokenFormat: tokenFormatOf(tokenType, managed === undefined ? '2.6' : '3.2'),
  };
  return {
    name: textOf(memberOf(document, 'name')),
    owner: textOf(memberOf(document, 'owner')) ?? nameOf(memberOf(document, 'subscriber')),
    tier: nameOf(memberOf(document, 'tier')),
    description: textOf(memberOf(document, 'description')),
    keys: isFilled(managed)
      ? keysByManager(managed, { ...context, isEncoded: true })
      : serverKeys(memberOf(document, 'keys'), { ...context, isEncoded: false }),
    subscriptions: listOf(memberOf(document, 'subscribedAPIs')).flatMap((one) => subscriptionOf(one) ?? []),
  };
};

/**
 * Reads a document of API Manager: an archive of apictl of any version, or an application, a key, or a list of either of
 * the portal's REST API. Undefined for another document.
 */
export const serverFile = (document: unknown, notes: Notes): ForeignFile | undefined => {
  const data = memberOf(document, 'data');
  if (isObject(memberOf(data, 'applicationInfo'))) {
    const archive = { version: textOf(memberOf(document, 'version')), subscribed: memberOf(data, 'subscribedAPIs') };
    const application = portalApplication(memberOf(data, 'applicationInfo'), archive, notes);
    return { source: 'apictl', applications: [application] };
  }
  const isInternal = ['subscriber', 'keyManagerWiseOAuthApp', 'subscribedAPIs'].some(
    (name) => memberOf(document, name) !== undefined,
  );
  if (isInternal) return { source: 'apictl', applications: [internalApplication(document, notes)] };
  const all = Array.isArray(document)
    ? document
    : listOf(memberOf(document, 'list')).length > 0
      ? listOf(memberOf(document, 'list'))
      : [document];
  const portal = (applications: readonly ForeignApplication[]): ForeignFile => ({ source: 'devportal', applications });
  if (all.length > 0 && all.every((one) => memberOf(one, 'throttlingPolicy') !== undefined)) {
    return portal(all.map((one) => portalApplication(one, undefined, notes)));
  }
  if (all.length > 0 && all.every((one) => isKey(one) && memberOf(one, 'consumerKey') !== undefined)) {
    const context = { isEncoded: false, tokenFormat: undefined, isHashed: false, notes };
    const keys = Array.isArray(document) || all.length > 1 ? serverKeys(all, context) : [serverKey(all[0], context)];
    return portal([{ keys, subscriptions: [] }]);
  }
  return undefined;
};
