/**
 * The part of the package `pg` that its driver uses, as shapes: the host brings the package, so that nothing
 * here imports it and any client made after it will do.
 */
import type { WireValue } from './values.ts';

/** A statement as `pg` takes it. */
export interface PgStatement {
  readonly text: string;
  readonly values?: WireValue[];
  /** Kept prepared under this name. */
  readonly name?: string;
  readonly types?: PgTypes;
}

/** How columns are read. */
export interface PgTypes {
  getTypeParser(type: number): (text: string) => unknown;
}

/** What a statement answered. */
export interface PgResult {
  readonly rows: unknown[];
  /** The first word of what was carried out: COMMIT is answered with ROLLBACK where something had failed. */
  readonly command: string;
}

/** What `NOTIFY` sends. */
export interface PgNotification {
  readonly channel: string;
  readonly payload?: string | undefined;
}

/** One connection. */
export interface PgClient {
  /** Whether statements may be sent before the ones before them are answered. */
  readonly pipeline?: boolean;
  query(statement: PgStatement): Promise<PgResult>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'notification', listener: (notification: PgNotification) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

/** A connection lent by the pool. */
export interface PgPoolClient extends PgClient {
  /** Gives it back; with an error it is thrown away. */
  release(error?: Error): void;
}

/** A connection of one's own. */
export interface PgOwnClient extends PgClient {
  connect(): Promise<unknown>;
  end(): Promise<void>;
}

/** A `pg.Pool`, or one made after it. */
export interface PgPool {
  connect(): Promise<PgPoolClient>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'connect', listener: (client: PgPoolClient) => void): unknown;
  /** What its connections are made with. */
  readonly options: object;
}
