/** On screen only the window shows, and on paper only the page. */
const rules = `
@media screen { [data-printed] { display: none } }
@media print {
  @page { margin: 12mm }
  html, body { height: auto; overflow: visible; background: none }
  body > :not([data-printed]) { display: none }
}`;

const sheetOf = (css: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};

/**
 * Opens the print dialog on a page of HTML, which needs no script and no style attributes. Frames and inline styles are
 * against the window's content security policy, so the page becomes a shadow tree with its own style sheet. It is gone
 * after printing.
 */
export function printPage(html: string): void {
  // Even a parsed inline style is a violation of the policy.
  const [element = '', css = ''] = /<style>([^<]*)<\/style>/.exec(html) ?? [];
  const page = new DOMParser().parseFromString(html.replace(element, ''), 'text/html');
  const host = document.createElement('div');
  host.dataset.printed = '';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheetOf(css)];
  root.append(...page.body.children);
  const printing = sheetOf(rules);
  const before = document.title;
  document.body.append(host);
  document.adoptedStyleSheets.push(printing);
  // The usual file name of a printed PDF.
  document.title = page.title;
  const done = () => {
    host.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== printing);
    document.title = before;
  };
  window.addEventListener('afterprint', done, { once: true });
  window.print();
}
