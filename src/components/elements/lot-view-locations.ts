/** Where a lot is: its stock by warehouse and place, its last movements with the balance after each. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Movement } from '../../core/index.ts';
import { minus, signedQuantity, sumOf } from '../controllers/lot-view-amounts.ts';
import type { Lot, LotStock } from '../core.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { button, code, dash, quantity, stockBar } from '../primitives/index.ts';
import { byDayChart } from './lot-view-chart.ts';
import { cellContext, type LotParts } from './lot-view-parts.ts';
import { way } from './record-link.ts';
import { lotStanding } from './register/standing.ts';

const key = (warehouse: string, location: string | null): string => `${warehouse}/${location ?? ''}`;

/** The newest movement at each place, where all movements are on the screen. */
function lastMoves({ view }: LotParts): ReadonlyMap<string, Movement> | undefined {
  if (view.moreMovements !== undefined) return undefined;
  const newest = new Map<string, Movement>();
  for (const movement of view.movements) {
    const at = key(movement.warehouse, movement.location);
    const known = newest.get(at);
    if (known === undefined || known.recordedAt < movement.recordedAt) newest.set(at, movement);
  }
  return newest;
}

type Group = readonly [warehouse: string, rows: readonly LotStock[]];

function byWarehouse(stock: readonly LotStock[]): Group[] {
  const groups = new Map<string, LotStock[]>();
  for (const row of stock) {
    const rows = groups.get(row.warehouse) ?? [];
    rows.push(row);
    groups.set(row.warehouse, rows);
  }
  return [...groups];
}

function legend({ format }: LotParts): TemplateResult {
  const part = (look: string, text: string) =>
    html`<span class="with"><span class="stock swatch ${look}" aria-hidden="true"><i class=${look}></i></span>${text}</span>`;
  return html`<span class="legend muted">${part('', format.text('word.available'))}${part(
    'res',
    format.text('word.reserved'),
  )}${part('out', format.text('lotView.movedOut'))}</span>`;
}

/** Why what lies at a place does not count as available, where the place is the reason. */
function why(row: LotStock, { view }: LotParts): MessageKey | undefined {
  if (row.onHand === '0' || row.available !== '0') return undefined;
  const warehouse = view.warehouses.get(row.warehouse);
  const place = warehouse?.locations.find(({ code: known }) => known === row.location);
  if (warehouse?.kind === 'transit') return 'lotView.onTheWay';
  if (place?.quarantine) return 'lotView.quarantine';
  return place?.available === false ? 'lotView.heldPlace' : undefined;
}

function held(row: LotStock, parts: LotParts): unknown {
  const reason = why(row, parts);
  return reason === undefined
    ? nothing
    : html`<span class="t-notice held">${parts.format.text(reason)}</span>`;
}

/** A ledger that keeps only what is there has nothing to say of what came. */
const keepsLoads = ({ stock }: Lot): boolean => stock.some(({ loaded }) => loaded !== null);

function stockTable(parts: LotParts): TemplateResult {
  const { lot, format, view } = parts;
  const t = format.text.bind(format);
  const q = (value: string) => quantity(value, format, { decimals: lot.unit.decimals });
  const loads = keepsLoads(lot);
  const widest = Math.max(0, ...lot.stock.map((row) => Math.max(Number(row.loaded), Number(row.onHand))));
  const blocked = lotStanding(lot, cellContext(parts)).severity === 'danger';
  const moves = lastMoves(parts);
  const sums = (rows: readonly LotStock[]) => html`${loads ? html`<td class="num"></td>` : nothing}
    <td class="num">${q(sumOf(rows.map((row) => row.onHand)))}</td>
    <td class="num">${q(sumOf(rows.map((row) => row.reserved)))}</td>
    <td class="num strong">${q(sumOf(rows.map((row) => row.available)))}</td>${loads ? html`<td class="scale"></td>` : nothing}${moves ? html`<td></td>` : nothing}`;
  const row = (each: LotStock) => {
    const at = each.location;
    const place = view.warehouses.get(each.warehouse)?.locations.find((known) => known.code === at);
    const moved = moves?.get(key(each.warehouse, at))?.recordedAt;
    return html`<tr data-place=${key(each.warehouse, at)}>
      <td class="in-group">${at === null ? dash : code(at)}</td><td class="muted"><span class="place-name">${place?.description ?? ''}</span>${held(each, parts)}</td>
      ${loads ? html`<td class="num">${each.loaded === null ? dash : q(each.loaded)}</td>` : nothing}<td class="num">${q(each.onHand)}</td><td class="num">${q(each.reserved)}</td>
      <td class="num strong">${q(each.available)}</td>${loads ? html`<td class="scale">${stockBar(each, widest, blocked || why(each, parts) !== undefined)}</td>` : nothing}
      ${moves ? html`<td class="muted">${moved ? format.moment(moved) : dash}</td>` : nothing}</tr>`;
  };
  return html`<div class="wide" tabindex="0" role="region" aria-label=${t('lots.stock', { code: lot.code })}><table>
    <thead><tr><th scope="col" colspan="2">${t('word.location')}</th>
      ${loads ? html`<th scope="col" class="num">${t('word.loaded')}</th>` : nothing}<th scope="col" class="num">${t('word.onHand')}</th>
      <th scope="col" class="num">${t('word.reserved')}</th><th scope="col" class="num">${t('word.available')}</th>
      ${loads ? html`<th scope="col" class="scale">${t('lotView.ofLoaded')}</th>` : nothing}${
        moves ? html`<th scope="col">${t('word.lastMovement')}</th>` : nothing
      }</tr></thead>
    <tbody>${byWarehouse(lot.stock).map(
      ([warehouse, rows]) => html`<tr class="group"><th scope="row" colspan="2"><bdi>${warehouse}</bdi> <span
          class="muted plain">${view.warehouses.get(warehouse)?.description ?? ''}</span></th>${sums(rows)}</tr>${rows.map(row)}`,
    )}</tbody>
    <tfoot><tr><td colspan="2">${t('lotView.total', { unit: lot.unit.code })}</td>${sums(lot.stock)}</tr></tfoot>
  </table></div>`;
}

/** The balance after each movement, newest first: what is there now, less what came later. */
function balances(movements: readonly Movement[], now: string): string[] {
  let after = now;
  return movements.map((movement) => {
    const here = after;
    after = minus(after, signedQuantity(movement));
    return here;
  });
}

function partyOf(movement: Movement, parts: LotParts): unknown {
  const { party, document, reverses } = movement;
  if (reverses !== null) return parts.format.text('lotView.reversal');
  const who = party?.name ?? party?.code;
  const paper = document?.number;
  if (!who && !paper) return dash;
  return html`${who ? html`<bdi>${who}</bdi>` : nothing}${
    paper ? html` <span class="muted"><bdi>${paper}</bdi></span>` : nothing
  }`;
}

function movementRow(movement: Movement, balance: string, parts: LotParts): TemplateResult {
  const { format, lot } = parts;
  const decimals = lot.unit.decimals;
  const load = movement.direction === 'load';
  const kind = movement.reverses === null ? `type.${movement.direction}` : 'lotView.reversal';
  const ref = { kind: 'posting', id: movement.posting, code: movement.numberText } as const;
  return html`<tr data-row-id=${movement.id}>
    <td>${format.date(movement.date)}</td>
    <td>${format.text(kind as 'type.load')}${
      movement.reversedBy === null
        ? nothing
        : html` <span class="muted">${format.text('lotView.reversed')}</span>`
    }</td>
    <td>${parts.view.answers('postings.get') ? way(parts, ref, code(movement.numberText), 'open-posting') : code(movement.numberText)}</td>
    <td class="cut">${partyOf(movement, parts)}</td>
    <td><bdi>${movement.warehouse}</bdi>${movement.location ? html` ${code(movement.location)}` : nothing}</td>
    <td class="num ${load ? 't-ok' : ''}">${quantity(signedQuantity(movement), format, { decimals, signed: true })}</td>
    <td class="num muted">${quantity(balance, format, { decimals })}</td></tr>`;
}

function movementTable(parts: LotParts): TemplateResult {
  const { view, lot, format } = parts;
  const t = format.text.bind(format);
  if (view.movements.length === 0) return html`<p class="sec muted">${t('lotView.noMovements')}</p>`;
  const after = balances(view.movements, sumOf([lot.onHand, lot.closedQuantity]));
  return html`<div class="wide"><table aria-labelledby="moves">
    <thead><tr><th scope="col">${t('word.date')}</th><th scope="col">${t('lotView.kind')}</th>
      <th scope="col">${t('word.posting')}</th><th scope="col">${t('lotView.partyOrReason')}</th>
      <th scope="col">${t('word.place')}</th><th scope="col" class="num">${t('word.quantity')}</th>
      <th scope="col" class="num">${t('lotView.balance')}</th></tr></thead>
    <tbody>${view.movements.map((movement, i) => movementRow(movement, after[i] ?? '0', parts))}</tbody></table></div>${
      view.moreMovements === undefined
        ? nothing
        : html`<div class="sec">${button({
            label: t('lotView.moreMovements'),
            action: 'more-movements',
            press: () => void view.more('movements'),
          })}</div>`
    }`;
}

/** The Locations tab. */
export function locations(parts: LotParts): TemplateResult {
  const { lot, format, view } = parts;
  const t = format.text.bind(format);
  const places = t('lotView.places', { n: lot.stock.length });
  const houses = t('lotView.inWarehouses', { n: new Set(lot.stock.map((row) => row.warehouse)).size });
  const stock =
    lot.stock.length === 0
      ? html`<p class="sec muted">${t('lots.noStock')}</p>`
      : html`<div class="bar"><h3 class="heading">${places} ${houses}<span class="muted">${t('lotView.asOf', {
          date: format.date(view.today),
        })}</span></h3><span class="grow"></span>${keepsLoads(lot) ? legend(parts) : nothing}</div>${stockTable(parts)}`;
  return html`<div class="split"><div class="main">${stock}
      <div class="bar ruled"><h3 class="heading" id="moves">${t('lotView.lastMovements')}</h3></div>${movementTable(parts)}</div>${byDayChart(
        parts,
      )}</div>`;
}
