/** Control characters that no XML document may hold. https://www.w3.org/TR/xml/#charsets */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the subject
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Characters that may need an escape. Most texts have none. */
const special = /[^\t\n\r -%'-;=?-~]/;

/** Gives text for an XML element, as Axiom writes it: quotes stay. Replaces characters that XML cannot hold. */
export const escapeXml = (text: string): string => (special.test(text) ? escapeAll(text) : text);

const escapeAll = (text: string): string =>
  text.replace(forbidden, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const namespaces = {
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
};

/** Gives a SOAP envelope around the XML of its body. */
export const soapEnvelope = (version: keyof typeof namespaces, body: string): string =>
  `<soapenv:Envelope xmlns:soapenv="${namespaces[version]}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
