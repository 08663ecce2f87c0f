/** On hand by day, as steps: stock does not glide. The table of movements beside it is its twin. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { minus, signedQuantity, sumOf } from '../controllers/lot-view-amounts.ts';
import { expiryDays } from '../i18n/expiry.ts';
import type { LotParts } from './lot-view-parts.ts';

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 40;
const BOTTOM = 20;
const TOP = 12;

interface Day {
  readonly date: string;
  readonly onHand: string;
}

/** The end of each day on which something moved, oldest first. */
function daysOf({ view, lot }: LotParts): Day[] {
  const net = new Map<string, string>();
  for (const movement of view.movements) {
    const { date } = movement;
    net.set(date, sumOf([net.get(date) ?? '0', signedQuantity(movement)]));
  }
  const dates = [...net.keys()].sort();
  let onHand = minus(sumOf([lot.onHand, lot.closedQuantity]), sumOf([...net.values()]));
  return dates.map((date) => {
    onHand = sumOf([onHand, net.get(date) ?? '0']);
    return { date, onHand };
  });
}

/** A round number not below the largest value, and how far apart its lines are. */
function scaleOf(largest: number): { top: number; step: number } {
  if (largest <= 0) return { top: 1, step: 1 };
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return { top: Math.ceil(largest / step) * step, step };
}

/** The chart beside the table, where there is more than one day to show and all movements are known. */
export function byDayChart(parts: LotParts): TemplateResult | typeof nothing {
  const { view, format, lot } = parts;
  const days = daysOf(parts);
  const [first] = days;
  if (first === undefined || days.length < 2 || view.moreMovements !== undefined) return nothing;
  const last = expiryDays(view.today, first.date);
  const span = Math.max(1, last);
  const { top, step } = scaleOf(Math.max(...days.map((day) => Number(day.onHand))));
  const x = (date: string) =>
    LEFT + (Math.min(span, expiryDays(date, first.date)) / span) * (WIDTH - LEFT - 8);
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const path = [
    `M${x(first.date)} ${y(0)}`,
    ...days.map((day) => `H${x(day.date)}V${y(Number(day.onHand))}`),
  ];
  const line = `${path.join('')}H${x(view.today)}`;
  const compact = new Intl.NumberFormat(format.locale, { notation: 'compact', maximumFractionDigits: 1 });
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  const now = days.at(-1)?.onHand ?? '0';
  const label = format.text('lotView.byDayText', {
    from: format.date(first.date),
    to: format.date(view.today),
    now: `${format.quantity(now, lot.unit.decimals)} ${lot.unit.code}`,
  });
  return html`<aside class="side"><section class="sec"><h3 class="heading">${format.text('lotView.byDay')}<span
      class="muted">${format.text('lotView.byDayHint')}</span></h3>
    <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
      ${lines.map(
        (value) =>
          svg`<path class="hair" d="M${LEFT} ${y(value)}H${WIDTH - 8}"/><text x=${LEFT - 6} y=${
            y(value) + 3.5
          } text-anchor="end">${compact.format(value)}</text>`,
      )}
      <path class="area" d="${line}V${y(0)}Z"/><path class="line" d=${line}/>
      <circle class="dot" cx=${x(view.today)} cy=${y(Number(now))} r="3"/>
      <text x=${LEFT} y=${HEIGHT - 4}>${format.date(first.date)}</text>
      <text x=${WIDTH - 8} y=${HEIGHT - 4} text-anchor="end">${format.date(view.today)}</text>
    </svg></section></aside>`;
}
