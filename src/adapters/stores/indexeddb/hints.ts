/**
 * Tells other tabs that something was committed. Only a hint: a message may be late or lost, and nothing
 * is right because of it. Where there is no BroadcastChannel there are no hints.
 */

export interface Hints {
  /** Tells the others the number of the last commit. */
  tell(commit: number): void;
  close(): void;
}

const silent: Hints = { tell() {}, close() {} };

/** Joins the channel of a database; `hear` is called with the commit that another tab made. */
export function joinHints(database: string, hear: (commit: number) => void): Hints {
  if (typeof BroadcastChannel === 'undefined') return silent;
  const channel = new BroadcastChannel(database);
  channel.onmessage = (event: MessageEvent<unknown>) => {
    const commit = (event.data as { commit?: unknown } | null)?.commit;
    if (typeof commit === 'number') hear(commit);
  };
  return {
    tell: (commit) => channel.postMessage({ commit }),
    close: () => channel.close(),
  };
}

export const noHints = silent;
