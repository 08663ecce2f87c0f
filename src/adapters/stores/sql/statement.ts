/** One statement while it is written: its parameters get their numbers in the order they are named. */
import type { SqlTransaction, SqlValue } from './driver.ts';

/** Parameters of a statement. The first is always the tenant. */
export class Parameters {
  readonly values: SqlValue[];

  constructor(tenant: string) {
    this.values = [tenant];
  }

  /** Adds a parameter and answers how it is named: `$2`. */
  add(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** The same for a list of texts. */
  list(values: readonly string[]): string {
    return `${this.add(values)}::text[]`;
  }

  run<R extends object>(transaction: SqlTransaction, text: string): Promise<readonly R[]> {
    return transaction.query<R>(text, this.values);
  }
}

/** Conditions joined; nothing to ask is true. */
export const all = (conditions: readonly string[]): string => conditions.join(' and ') || 'true';
