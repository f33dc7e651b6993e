/** A refusal of the DevPortal REST API, with the texts of API Manager. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly status: number;
  /** The code in the body: the status, or one of API Manager's numbers. */
  readonly code: number;
  /** The short text; the message is the description. */
  readonly title: string;
  /** The true reason, for the request log. The client does not get it. */
  readonly why: string | undefined;

  constructor(status: number, title: string, description: string, more: { why?: string; code?: number } = {}) {
    super(description);
    this.status = status;
    this.title = title;
    this.code = more.code ?? status;
    this.why = more.why;
  }
}

/** Who calls is unknown, or may not call: API Manager answers both with one text. */
export const unauthenticated = (why: string): PortalError =>
  new PortalError(401, '', 'Unauthenticated request', { why });

export const badRequest = (description: string, why?: string): PortalError =>
  new PortalError(400, 'Bad Request', description, why === undefined ? {} : { why });

export const forbidden = (resource: string, id: string, why: string): PortalError =>
  new PortalError(403, 'Forbidden', `You don't have permission to access the ${resource} with Id ${id}`, { why });

export const notFound = (resource: string, id: string, why?: string): PortalError =>
  new PortalError(
    404,
    'Not Found',
    `Requested ${resource} with Id '${id}' not found`,
    why === undefined ? {} : { why },
  );

export const alreadyExists = (description: string, why?: string): PortalError =>
  new PortalError(409, 'Resource Already Exists', description, why === undefined ? {} : { why });

export const keysExist = (why: string): PortalError =>
  new PortalError(409, 'Key Mappings already exists', 'Key Mappings already exists', { why, code: 901409 });
