import type { Exchange } from '../../listener/exchange.ts';
import type { Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { charsetOf } from '../form/mediaType.ts';
import { joinParameters, parseForm, parseQuery, repeated } from '../form/parameters.ts';
import { errorPage } from '../pages/signInPages.ts';

/** The parameters of URL and form, or the page of malformed ones. */
const parametersOf = ({ query, request }: Exchange, body: Buffer): Map<string, string> | Reply => {
  const refuse = (reply: Reply): Reply => {
    const description =
      reply === repeated ? 'Invalid authorization request with repeated parameters' : reply.errorDescription;
    return errorPage({ error: 'invalid_request', description: description ?? '' });
  };
  const inUrl = parseQuery(query);
  if (!(inUrl instanceof Map)) return refuse(inUrl);
  if (body.length === 0) return inUrl;
  const charset = charsetOf(request.headers['content-type']);
  if (typeof charset === 'object') return refuse(charset);
  const form = parseForm(body, charset);
  if (!(form instanceof Map)) return refuse(form);
  return [...form.keys()].some((name) => inUrl.has(name)) ? refuse(repeated) : joinParameters(inUrl, form);
};

const shared = { body: 'form', query: 'read', cors: false, basicChallenge: false } as const;

/** The route of a page, or of its form. Never readable by other sites' pages. */
export const pageRoute = (
  methods: readonly string[],
  answer: (exchange: Exchange, parameters: Map<string, string>) => Reply | Promise<Reply>,
): Route => ({
  ...shared,
  methods,
  answer(exchange, body) {
    const parameters = parametersOf(exchange, body);
    return parameters instanceof Map ? answer(exchange, parameters) : parameters;
  },
});
