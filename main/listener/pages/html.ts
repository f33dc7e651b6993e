import { createHash } from 'node:crypto';
import { notStored } from '../cacheHeaders.ts';
import type { TextReply } from '../reply.ts';
import { style } from './style.ts';

/** Markup that is safe to send. Only {@link html} creates it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Value = string | number | Html | readonly Html[] | undefined;

/** Everything but plain letters, digits and harmless signs becomes a reference. So pages are ASCII, and nothing is markup. */
const escaped = (text: string): string =>
  [...text].map((letter) => (/[\w .,:;/?()+*=@-]/.test(letter) ? letter : `&#${letter.codePointAt(0)};`)).join('');

const markupOf = (value: Value): string => {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  return Array.isArray(value) ? value.map(markupOf).join('') : escaped(String(value));
};

/** A template of markup whose values are escaped, unless they are markup themselves. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, at) => `${part}${at < values.length ? markupOf(values[at]) : ''}`).join(''));

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const styleHash = hashOf(style);
/** Submits the form of a form_post reply. */
const submitScript = 'document.forms[0].submit()';
const scriptHash = hashOf(submitScript);

/** The source of a URL for CSP: its origin, or the scheme of an app. Empty for a host that CSP cannot name. */
const sourceOf = (url: string): string => {
  const { origin = 'null', protocol = '' } = URL.parse(url) ?? {};
  const source = origin === 'null' ? protocol : origin;
  return /^[a-z][a-z0-9+.-]*:(?:\/\/[\w.:[\]-]+)?$/.test(source) ? ` ${source}` : '';
};

interface Page {
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
  /** Where a form of the page leads in the end: browsers check redirects after a form too. */
  readonly formTarget?: string | undefined;
  /** Whether the page sends its only form at once. */
  readonly submits?: boolean;
}

/**
 * Gives the reply of a page. It is never framed or stored, and only `submits` gives it a script. Forms need the Origin
 * header, so the referrer policy is `same-origin`: with `no-referrer`, browsers send the origin `null`.
 */
export const pageReply = ({ status = 200, title, body, formTarget, submits = false }: Page): TextReply => {
  const target = formTarget === undefined ? '' : sourceOf(formTarget);
  const script = submits ? ` script-src ${scriptHash};` : '';
  const policy = `default-src 'none'; style-src ${styleHash};${script} form-action 'self'${target}; base-uri 'none'; frame-ancestors 'none'`;
  const { markup } = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${new Html(style)}</style></head>
<body><main>${body}</main>${submits ? new Html(`<script>${submitScript}</script>`) : undefined}</body>
</html>
`;
  return {
    status,
    headers: [
      ...['Content-Type', 'text/html; charset=utf-8', 'Content-Security-Policy', policy, 'X-Frame-Options', 'DENY'],
      ...['X-Content-Type-Options', 'nosniff', 'Referrer-Policy', 'same-origin'],
      ...notStored,
    ],
    body: markup,
  };
};
