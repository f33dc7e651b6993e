import { parsePortalBody } from '../../../preload/contract/devportal.ts';
import { badRequest } from './portalError.ts';

type Schema = Parameters<typeof parsePortalBody>[0];
type Parsed<S extends Schema> = Extract<ReturnType<typeof parsePortalBody<S>>, { data: unknown }>['data'];

/** Parses a body by its schema. Throws `PortalError` 400. */
export const parseBody = <S extends Schema>(schema: S, body: unknown): Parsed<S> => {
  if (body === undefined) throw badRequest('Request payload cannot be empty.');
  const parsed = parsePortalBody(schema, body);
  if ('fault' in parsed) throw badRequest(parsed.fault);
  return parsed.data as Parsed<S>;
};
