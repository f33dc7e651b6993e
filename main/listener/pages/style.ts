/** The colors that the pages use of each theme. A test compares them with those of the window. */
export const pageColors = {
  light: {
    ...{ canvas: '#f5f6f9', surface: '#ffffff', text: '#1a1e29', textMuted: '#596273', border: '#e0e4eb' },
    ...{ borderControl: '#838b9c', focus: '#4f46e5', accent: '#4f46e5', accentText: '#ffffff', hover: '#eef0f5' },
    ...{ dangerInk: '#ae2020', dangerTint: '#fdeaea', dangerLine: '#f3bcbc' },
  },
  dark: {
    ...{ canvas: '#0e1015', surface: '#161920', text: '#e8ebf1', textMuted: '#9fa8b8', border: '#292e39' },
    ...{ borderControl: '#6f788a', focus: '#8f99ff', accent: '#5b5be6', accentText: '#ffffff', hover: '#212631' },
    ...{ dangerInk: '#ff9b95', dangerTint: '#361717', dangerLine: '#6b2d2d' },
  },
  contrast: {
    ...{ canvas: '#000000', surface: '#000000', text: '#ffffff', textMuted: '#e0e0e0', border: '#9a9a9a' },
    ...{ borderControl: '#ffffff', focus: '#ffdd33', accent: '#8fd0ff', accentText: '#000000', hover: '#262626' },
    ...{ dangerInk: '#ffa8a3', dangerTint: '#240606', dangerLine: '#ffa8a3' },
  },
} as const;

const declarations = (theme: keyof typeof pageColors): string =>
  [
    `color-scheme:${theme === 'light' ? 'light' : 'dark'}`,
    ...Object.entries(pageColors[theme]).map(([name, color]) => `--${name}:${color}`),
  ].join(';');

/** The style sheet of all pages, in the window's themes. */
export const style = `:root{${declarations('light')}}
@media(prefers-color-scheme:dark){:root{${declarations('dark')}}}
@media(prefers-contrast:more){:root{${declarations('contrast')}}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--canvas);color:var(--text);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main{width:100%;max-width:400px;padding:24px;background:var(--surface);border:1px solid var(--border);border-radius:10px}
h1{margin:0 0 8px;font-size:20px}
h2{margin:20px 0 8px;font-size:14px}
p{margin:0 0 12px}
ul{margin:0 0 16px;padding-left:20px}
.muted{color:var(--textMuted)}
.error{padding:8px 12px;color:var(--dangerInk);background:var(--dangerTint);border:1px solid var(--dangerLine);border-radius:6px}
label{display:block;margin-bottom:12px;font-weight:500}
input{display:block;width:100%;margin-top:4px;padding:8px;font:inherit;color:inherit;background:var(--surface);border:1px solid var(--borderControl);border-radius:6px}
button{display:block;width:100%;margin-top:8px;padding:9px 12px;font:inherit;font-weight:500;color:inherit;background:var(--surface);border:1px solid var(--borderControl);border-radius:6px;cursor:pointer}
button:hover{background:var(--hover)}
button.primary{color:var(--accentText);background:var(--accent);border-color:var(--accent)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
code{font:13px ui-monospace,Menlo,Consolas,monospace}
`;
