import type { CallReply } from '../../ports/runCall.ts';
import type { SnippetModel } from '../../ports/snippet.ts';

/** A fixed number, so that it does not show the length of the secret. */
const dots = '•'.repeat(6);

/** The reply headers of endpoint and gateway that hold secrets. */
const secretHeader = /^(?:revokedaccesstoken|revokedrefreshtoken|deactivatedaccesstoken|set-cookie)$/i;
/** A truncated body may end within the value. */
const secretMember = /("(?:access_token|refresh_token|id_token)"\s*:\s*")[^"]+/g;

/** A shorter password would also replace words of the reply. */
const shortestPassword = 6;

const secretsOf = ({ basic, bearer, form }: SnippetModel): readonly string[] =>
  [basic?.consumerSecret, bearer, ...form.map(({ secret, value }) => (secret === undefined ? undefined : value))]
    .filter((value): value is string => typeof value === 'string' && value.length >= shortestPassword)
    .sort((one, other) => other.length - one.length);

/** The text without the secrets of the call. */
export const maskText = (model: SnippetModel, text: string): string =>
  secretsOf(model).reduce((masked, secret) => masked.replaceAll(secret, dots), text);

/** Headers and body of a reply, with dots for the secrets of the call and for tokens. */
export const maskReply = (model: SnippetModel, { headers, body }: CallReply): Pick<CallReply, 'headers' | 'body'> => ({
  headers: headers.map(({ name, value }) => ({ name, value: secretHeader.test(name) ? dots : maskText(model, value) })),
  body: body && maskText(model, body.replace(secretMember, `$1${dots}`)),
});
