import { escapeXml, soapEnvelope } from '../xml.ts';
import type { Fault, FaultSource, Profile } from './fault.ts';
import type { Format } from './format.ts';

/** Prefix and namespace of the XML (gateway reference 5.2). */
const management = ['am', 'http://wso2.org/apimanager'] as const;
const names: Readonly<Record<FaultSource, readonly [prefix: string, namespace: string]>> = {
  main: management,
  fault: management,
  lifecycle: management,
  authentication: ['ams', 'http://wso2.org/apimanager/security'],
  throttling: ['amt', 'http://wso2.org/apimanager/throttling'],
};

const memberNames = ['type', 'message', 'description', 'nextAccessTime'] as const;

/** The members in WSO2's order. */
const membersOf = (fault: Fault): readonly [string, string][] => {
  const members: [string, string][] = [['code', `${fault.code}`]];
  for (const name of memberNames) {
    const text = fault[name];
    if (text !== undefined) members.push([name, text]);
  }
  return members;
};

const xml = (fault: Fault): string => {
  const [prefix, namespace] = names[fault.source];
  let members = '';
  for (const [name, text] of membersOf(fault)) members += `<${prefix}:${name}>${escapeXml(text)}</${prefix}:${name}>`;
  return `<${prefix}:fault xmlns:${prefix}="${namespace}">${members}</${prefix}:fault>`;
};

/** 4.x is flat and writes the code as text; before, the XML was turned into JSON. */
const json = (fault: Fault, profile: Profile): string => {
  const members = Object.fromEntries(membersOf(fault));
  return JSON.stringify(profile === '4.x' ? members : { fault: { ...members, code: fault.code } });
};

/** http://www.sklar.com/badgerfish/ */
const badgerfish = (fault: Fault): string => {
  const [prefix, namespace] = names[fault.source];
  const scope = { '@xmlns': { [prefix]: namespace } };
  const members = membersOf(fault).map(([name, text]) => [`${prefix}:${name}`, { ...scope, $: text }]);
  return JSON.stringify({ [`${prefix}:fault`]: { ...scope, ...Object.fromEntries(members) } });
};

/** https://www.w3.org/TR/2000/NOTE-SOAP-20000508/#_Toc478383507 */
const soap11 = ({ soap: { code, reason, detail } }: Fault): string =>
  soapEnvelope(
    'soap11',
    `<soapenv:Fault><faultcode>soapenv:${code}</faultcode><faultstring>${escapeXml(reason)}</faultstring>${
      detail === undefined ? '' : `<detail>${escapeXml(detail)}</detail>`
    }</soapenv:Fault>`,
  );

/** https://www.w3.org/TR/soap12-part1/#soapfault */
const soap12 = ({ soap: { code, reason, detail } }: Fault): string =>
  soapEnvelope(
    'soap12',
    `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:${code}</soapenv:Value></soapenv:Code><soapenv:Reason><soapenv:Text xml:lang="en">${escapeXml(reason)}</soapenv:Text></soapenv:Reason>${
      detail === undefined ? '' : `<soapenv:Detail>${escapeXml(detail)}</soapenv:Detail>`
    }</soapenv:Fault>`,
  );

/** Gives the body of a fault, byte for byte as WSO2 writes it. */
export const renderFault = (fault: Fault, profile: Profile, { kind }: Format): string => {
  switch (kind) {
    case 'json':
      return json(fault, profile);
    case 'badgerfish':
      return badgerfish(fault);
    case 'form':
      return new URLSearchParams(membersOf(fault)).toString();
    case 'soap11':
      return soap11(fault);
    case 'soap12':
      return soap12(fault);
    default:
      return xml(fault);
  }
};
