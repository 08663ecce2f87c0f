/**
 * Carries out an import plan on an open ledger: makes the items, warehouses and templates that are not
 * there yet, then posts the deliveries, many in flight, each under its delivery note as key. Running it
 * again posts nothing twice, so an import that was cancelled or interrupted is simply started again.
 */
import { isLedgerError } from 'lotledger';
import { template } from './plan.mjs';

/**
 * @typedef {import('./plan.mjs').Plan} Plan
 * @typedef {'posted' | 'known' | 'failed'} Outcome `known`: the ledger had this delivery already
 * @typedef {{ row: number, outcome: Outcome, lot?: string, code?: string,
 *   details?: Readonly<Record<string, unknown>>, message?: string }} Verdict what became of one data row,
 *   counted from 1; `code`, `details` and `message` say why it failed
 * @typedef {{ done: number, total: number, posted: number, known: number, failed: number }} Progress in
 *   delivery notes
 * @typedef {Progress & { cancelled: boolean, verdicts: Verdict[] }} ImportResult verdicts by row; rows of
 *   deliveries that were not reached have none
 */

const IN_FLIGHT = 256;

/** Creates what is absent; what is there is left as it is. */
async function ensure(resource, key, input) {
  try {
    await resource.get(key);
  } catch (error) {
    if (!isLedgerError(error) || error.kind !== 'missing') throw error;
    await resource.create(input);
  }
}

/**
 * Makes what the deliveries refer to. Lot codes of the file are unique over all items, so the ledger is
 * told to keep them so.
 * @param {import('lotledger').Ledger} ledger
 * @param {Plan} plan
 */
export async function prepare(ledger, plan) {
  if ((await ledger.settings.get()).codeScope !== 'ledger')
    await ledger.settings.update({ codeScope: 'ledger' });
  await Promise.all(plan.items.map((item) => ensure(ledger.items, item.code, item)));
  await Promise.all(
    plan.warehouses.map((code) => ensure(ledger.warehouses, code, { code, description: code })),
  );
  await Promise.all(
    plan.warehouses.map((warehouse) => {
      const ref = { warehouse, code: template.code };
      return ensure(ledger.templates, ref, { ...template, warehouse });
    }),
  );
}

/** Posts one delivery; the key makes a repeated one answer with the posting that stands. */
async function post(ledger, { posting, rows }, commandId) {
  const lotOf = (index) => posting.lines[index].lots[0].code;
  try {
    const made = await ledger.postings.post({ ...posting, commandId }, { source: 'import' });
    const outcome = made.id.startsWith(`${commandId}.`) ? 'posted' : 'known';
    return { outcome, verdicts: rows.map((row, index) => ({ row, outcome, lot: lotOf(index) })) };
  } catch (error) {
    if (!isLedgerError(error) || error.retry === 'same-id') throw error;
    const { code, details, message } = error;
    const verdicts = rows.map((row) => ({ row, outcome: 'failed', code, details, message }));
    return { outcome: 'failed', verdicts };
  }
}

/**
 * Posts every delivery of a plan.
 * @param {import('lotledger').Ledger} ledger
 * @param {Plan} plan
 * @param {{ signal?: AbortSignal, onProgress?: (progress: Progress) => void, newId?: () => string }} [options]
 *   `newId` makes the ids of commands; random ones by default
 * @returns {Promise<ImportResult>}
 * @throws LedgerError when the store fails; what was posted stands, and the import can be started again
 */
export async function runImport(ledger, plan, { signal, onProgress, newId = randomId } = {}) {
  const progress = { done: 0, total: plan.deliveries.length, posted: 0, known: 0, failed: 0 };
  const verdicts = plan.faults.map(({ row, code, path, value }) => ({
    row,
    outcome: /** @type {Outcome} */ ('failed'),
    code,
    message: `${path}: ${value}`,
  }));
  await prepare(ledger, plan);
  while (progress.done < progress.total && !signal?.aborted) {
    const group = plan.deliveries.slice(progress.done, progress.done + IN_FLIGHT);
    for (const result of await Promise.all(group.map((delivery) => post(ledger, delivery, newId())))) {
      progress[result.outcome] += 1;
      verdicts.push(...result.verdicts);
    }
    progress.done += group.length;
    onProgress?.({ ...progress });
  }
  verdicts.sort((a, b) => a.row - b.row);
  return { ...progress, cancelled: progress.done < progress.total, verdicts };
}

/** Random enough for a command's id, also where a page without https has no `crypto.randomUUID`. */
function randomId() {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(words, (word) => word.toString(36)).join('');
}
