/** Style rules out of a text, for tests that look at what an element's styles say. */

/** One rule; those inside `@media` and the like stand on their own. */
export interface CssRule {
  readonly selector: string;
  readonly declarations: readonly (readonly [name: string, value: string])[];
}

const declarationsOf = (body: string): [string, string][] =>
  body
    .split(/;(?![^(]*\))/)
    .map((line) => line.trim())
    .filter((line) => line.includes(':'))
    .map((line) => {
      const at = line.indexOf(':');
      return [
        line.slice(0, at).trim(),
        line
          .slice(at + 1)
          .trim()
          .replace(/\s+/g, ' '),
      ];
    });

/** Every rule of a text without comments, nested ones with the selector they have on their own. */
export function rulesOf(css: string): CssRule[] {
  const rules: CssRule[] = [];
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    if (open < 0) break;
    const selector = css
      .slice(at, open)
      .replace(/^[\s;}]+/, '')
      .trim();
    const close = closing(css, open);
    const body = css.slice(open + 1, close);
    if (selector.startsWith('@') && !/^@(font-face|page|property)/.test(selector))
      rules.push(...rulesOf(body));
    else rules.push({ selector, declarations: declarationsOf(body) });
    at = close + 1;
  }
  return rules;
}

/** Where the brace that opens here is closed. */
function closing(css: string, open: number): number {
  let depth = 0;
  for (let i = open; i < css.length; i++) {
    if (css[i] === '{') depth++;
    else if (css[i] === '}' && --depth === 0) return i;
  }
  return css.length;
}
