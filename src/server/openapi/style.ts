/** The stylesheet of the pages: calm type, tabular numbers, light and dark by what the reader prefers. */
export const style = `:root {
  color-scheme: light dark;
  --bg: light-dark(#ffffff, #12171d);
  --sunken: light-dark(#f5f7f9, #181e26);
  --text: light-dark(#17212d, #e4e9ef);
  --muted: light-dark(#4f5b6b, #a7b2c0);
  --line: light-dark(#e4e8ed, #252d37);
  --accent: light-dark(#1b5bb5, #82b1f5);
  --code: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  display: grid;
  grid-template-columns: 15rem minmax(0, 1fr);
  background: var(--bg);
  color: var(--text);
  font: 400 .9375rem/1.5 system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
}
nav {
  position: sticky;
  inset-block-start: 0;
  block-size: 100dvh;
  overflow: auto;
  padding: 1.4rem .92rem;
  background: var(--sunken);
  border-inline-end: 1px solid var(--line);
}
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .15rem .3rem; }
main { padding: 1.4rem 2.2rem 4rem; max-inline-size: 64rem; }
main.single { grid-column: 1 / -1; justify-self: center; inline-size: min(40rem, 100%); }
h1 { font-size: 1.69em; font-weight: 600; margin: 0 0 .62rem; }
h2 { font-size: 1.38em; font-weight: 600; margin: 3rem 0 .3rem; }
h3 { font-size: 1em; font-weight: 600; margin: 0 0 .15rem; }
h3 a { color: inherit; }
p { margin: 0 0 .62rem; max-inline-size: 46rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { background: var(--sunken); }
code, pre { font-family: var(--code); font-size: .955em; }
article { padding: .92rem 0; border-block-start: 1px solid var(--line); }
.method { display: inline-block; min-inline-size: 3.9em; font: 600 .846em var(--code); color: var(--muted); }
.mark { color: var(--muted); font-size: .846em; }
table { inline-size: 100%; border-collapse: collapse; margin: 0 0 .77rem; }
caption { text-align: start; color: var(--muted); font-size: .923em; font-weight: 500; }
th { text-align: start; font-size: .923em; font-weight: 500; color: var(--muted); }
th, td { padding: .3rem .66rem .3rem 0; vertical-align: top; border-block-end: 1px solid var(--line); }
td:first-child { inline-size: 26%; }
td:nth-child(2) { inline-size: 30%; }
td { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 4.6rem minmax(0, 1fr); gap: .15rem .62rem; margin: 0 0 .62rem; }
dt { color: var(--muted); }
dd { margin: 0; }
pre {
  margin: 0;
  padding: .77rem .92rem;
  overflow: auto;
  background: var(--sunken);
  border: 1px solid var(--line);
  border-radius: 4px;
}
.filters { display: grid; grid-template-columns: 4.6rem minmax(0, 1fr); gap: .62rem; color: var(--muted); }
.filters ul, .codes { margin: 0 0 .62rem; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .15rem .92rem; }
@media (width < 48rem) {
  body { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; block-size: auto; border-inline-end: 0; border-block-end: 1px solid var(--line); }
  nav ul { display: flex; flex-wrap: wrap; }
  main { padding: .92rem; }
}
@media print { nav { display: none; } body { display: block; } }
`;
