/** Sentences of refusals that know more than a code: of which lot, where, how much is free and was asked. */
import { sumOf } from '../controllers/lot-view-amounts.ts';
import type { LineDraft } from '../controllers/posting-form-draft.ts';
import type { Problem } from '../core.ts';
import type { Format } from '../i18n/format.ts';

type Details = Readonly<Record<string, unknown>>;

const text = (details: Details, name: string): string | null => {
  const value = details[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** A place in details is a warehouse and a location. */
function placeOf(details: Details): string | null {
  const place = details.place as { warehouse?: string; location?: string | null } | null | undefined;
  if (place?.warehouse) return place.location ? `${place.warehouse} · ${place.location}` : place.warehouse;
  return null;
}

function shortage(
  problem: Problem,
  line: LineDraft | undefined,
  date: string,
  format: Format,
): string | undefined {
  const { details } = problem;
  const available = text(details, 'available');
  const short = text(details, 'shortage');
  if (available === null || short === null) return undefined;
  // what is short may be a component of the line's item, in a unit of its own
  const item = text(details, 'item');
  const own = line !== undefined && (item === null || item === line.item.code);
  const { code: unit, decimals } = own ? line.item.unit : { code: '', decimals: 0 };
  const on = text(details, 'date') ?? date;
  const show = (value: string) => format.quantity(value, decimals);
  const lot = text(details, 'code');
  if (on > date && lot !== null) {
    return format.text('postingForm.backdated', {
      code: lot,
      shortage: show(short),
      unit,
      date: format.date(on),
    });
  }
  const place = text(details, 'location') ?? text(details, 'warehouse');
  const asked = show(sumOf([available, short]));
  const values = { available: show(available), unit, place, date: format.date(on), asked };
  return lot === null
    ? format.text('postingForm.freeItem', { ...values, item: item ?? line?.item.code ?? '' })
    : format.text('postingForm.free', { ...values, code: lot });
}

/** The sentence of a problem of a posting, of one of its lines where that is known. */
export function sayOfPosting(
  problem: Problem,
  line: LineDraft | undefined,
  o: { readonly date: string; readonly format: Format },
): string {
  const { format, date } = o;
  if (problem.code === 'command.mismatch') return format.text('form.earlierAttempt');
  if (problem.code === 'lot.insufficient' || problem.code === 'stock.insufficient') {
    const said = shortage(problem, line, date, format);
    if (said !== undefined) return said;
  }
  const place = placeOf(problem.details);
  const known = line === undefined ? {} : { item: line.item.code };
  const details = { ...known, ...problem.details, ...(place === null ? {} : { place }) };
  return format.problem(problem.code, details, problem.message);
}
