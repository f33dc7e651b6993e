import { badRequest, errorReply, type TextReply } from './reply.ts';

const tooSlow = errorReply(
  408,
  'invalid_request',
  'The request did not arrive in time; send headers and body at once.',
);
const tooManyHeaders = errorReply(431, 'invalid_request', 'Request line and headers are larger than 16 KiB together.');
const tooManyExtensions = errorReply(
  413,
  'invalid_request',
  'The chunk extensions are larger than 16 KiB; leave them out.',
);
const otherVersion = errorReply(505, 'invalid_request', 'This server speaks HTTP/1.1 and HTTP/1.0 only.');
const notHttps = badRequest('This port speaks HTTPS: begin the URL with https://.');
export const otherMethod = badRequest('Method not set to POST.');
const framing = badRequest('Send one Content-Length, or Transfer-Encoding: chunked, and not both.');
const badChunk = badRequest('The chunks of the body are malformed.');
const notHttp = badRequest('This is not a well-formed HTTP/1.1 request.');
const badHeader = badRequest('A header is malformed: each is a name, a colon right after it, and a value on one line.');
const spaceBeforeColon = badRequest('There\'s a space before the colon of a header; write "Name: value".');
const rightWay =
  'Write: -H "Authorization: Basic <base64 of consumerKey:consumerSecret>" -H "Content-Type: application/x-www-form-urlencoded"';
const spaceInAuthorization = badRequest(`There's a space before the colon of the Authorization header. ${rightWay}`);
const documentedCommand = badRequest(
  `There's a space before the colon of the Authorization header, and two headers in one -H. ${rightWay}`,
);

const wrapped = badRequest(
  'There is a line break in the Authorization header, as base64 wraps long lines. Use base64 -w0, or let curl encode the credentials: curl -u consumerKey:consumerSecret.',
);

/** A line of base64 below the first, or a bare line feed at the end of it. */
const wrappedBasic =
  /(?:^|\n)authorization:[ \t]*basic[ \t]+[\w+/=]+(?:(?:\r\n|\r|\n)[ \t]*[\w+/=]+[ \t]*\r?\n|\n\r\n)/i;

/** Recognises the command in WSO2's documentation: `-H "Authorization :Basic …, Content-Type: …"`. */
const headerError = (packet: string): TextReply => {
  const authorization = /(?:^|\n)authorization[ \t]+:([^\r\n]*)/i.exec(packet)?.[1];
  if (authorization !== undefined) return /,[^,]*:/.test(authorization) ? documentedCommand : spaceInAuthorization;
  return /\n[\w-]+[ \t]+:/.test(packet) ? spaceBeforeColon : badHeader;
};

/**
 * Gives the reply to malformed or late HTTP, by the error code of Node's parser and the packet it failed on.
 * `undefined` when the connection broke, so no client reads a reply.
 */
export const protocolError = (code: string | undefined, packet: string): TextReply | undefined => {
  if (code?.startsWith('HPE_') && wrappedBasic.test(packet)) return wrapped;
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return tooSlow;
    case 'ERR_SSL_HTTP_REQUEST':
      return notHttps;
    case 'HPE_HEADER_OVERFLOW':
      return tooManyHeaders;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return tooManyExtensions;
    case 'HPE_PAUSED_H2_UPGRADE':
      return otherVersion;
    case 'HPE_INVALID_METHOD':
      return otherMethod;
    case 'HPE_INVALID_HEADER_TOKEN':
      return headerError(packet);
    case 'HPE_INVALID_CONTENT_LENGTH':
    case 'HPE_UNEXPECTED_CONTENT_LENGTH':
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return framing;
    case 'HPE_INVALID_CHUNK_SIZE':
      return badChunk;
    case 'HPE_INVALID_EOF_STATE':
      return undefined;
    default:
      return code?.startsWith('HPE_') ? notHttp : undefined;
  }
};
