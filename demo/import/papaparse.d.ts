/** What the portal uses of papaparse, which brings no types of its own. */
declare module 'papaparse' {
  interface Parsed {
    readonly data: Record<string, string>[];
    readonly errors: readonly { readonly type: string; readonly code: string; readonly row?: number }[];
    readonly meta: { readonly fields?: readonly string[] };
  }
  interface ParseConfig {
    readonly header: true;
    readonly skipEmptyLines: 'greedy';
    readonly complete: (parsed: Parsed) => void;
    readonly error: (error: Error) => void;
  }
  const papaparse: {
    parse(file: File, config: ParseConfig): void;
    unparse(
      table: { readonly fields: readonly string[]; readonly data: readonly (readonly string[])[] },
      config: { readonly escapeFormulae: RegExp },
    ): string;
  };
  export default papaparse;
}
