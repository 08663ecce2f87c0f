/** The headers of one request, as a provider's host says them: its own, and the page's token. */
import type { LedgerConfig } from './config.ts';
import type { Headers } from './types.ts';

const DEFAULT_HEADER = 'X-CSRF-TOKEN';

/** The token a page carries in a `<meta>`, read anew each time since a session may renew it. */
function csrf({ csrfMeta, csrfHeader }: LedgerConfig): Readonly<Record<string, string>> {
  if (csrfMeta === undefined) return {};
  const token = document.querySelector<HTMLMetaElement>(`meta[name="${CSS.escape(csrfMeta)}"]`)?.content;
  return token ? { [csrfHeader ?? DEFAULT_HEADER]: token } : {};
}

/** All headers for one request; undefined where the host says nothing. */
export async function headersFor(
  headers: Headers | undefined,
  config: LedgerConfig,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (headers === undefined && config.csrfMeta === undefined) return undefined;
  const own = typeof headers === 'function' ? await headers() : headers;
  return { ...csrf(config), ...own };
}
