/** Texts that stand in templates as they are, where a key of the catalogue should: for the test that there are none. */

/** Attributes that somebody reads or hears. */
const SPOKEN =
  /\b(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)="([^"]*)"/g;

/** A word of a language: two letters in a row. Signs, digits and single letters are none. */
const isWord = (text: string): boolean => /\p{L}{2,}/u.test(text);

/** The end of the `${…}` that begins here. */
function endOfHole(text: string, start: number): number {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    const sign = text[i];
    if (sign === '`') i = endOfTemplate(text, i + 1);
    else if (sign === "'" || sign === '"') i = endOfQuote(text, i + 1, sign);
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return i;
  }
  return text.length;
}

function endOfQuote(text: string, start: number, quote: string): number {
  for (let i = start; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote || text[i] === '\n') return i;
  }
  return text.length;
}

/** The backtick that ends a template; what is in its holes is skipped. */
function endOfTemplate(
  text: string,
  start: number,
  hole: (from: number, to: number) => void = () => {},
): number {
  for (let i = start; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '`') return i;
    else if (text[i] === '$' && text[i + 1] === '{') {
      const end = endOfHole(text, i + 2);
      hole(i, end);
      i = end;
    }
  }
  return text.length;
}

/** One template without its holes, and where it ends. */
function template(text: string, start: number): { markup: string; end: number } {
  const holes: [number, number][] = [];
  const end = endOfTemplate(text, start, (from, to) => holes.push([from, to]));
  let markup = '';
  let at = start;
  for (const [from, to] of holes) {
    markup += `${text.slice(at, from)}\u0000`;
    at = to + 1;
  }
  return { markup: markup + text.slice(at, end), end };
}

/** Every literal text of the `html` and `svg` templates in a source. */
export function literalTexts(source: string): string[] {
  const found: string[] = [];
  for (const match of source.matchAll(/\b(?:html|svg)`/g)) {
    const { markup } = template(source, match.index + match[0].length);
    const said = [...markup.matchAll(SPOKEN)].map(([, value = '']) => value);
    const bare = markup
      .replace(/<!--[\s\S]*?-->/g, ' ')
      .replace(/<(style|title|desc)[\s>][\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>/g, '\u0000')
      .replace(/&\w+;/g, ' ');
    found.push(...[...said, ...bare.split('\u0000')].map((text) => text.trim()).filter(isWord));
  }
  return found;
}
