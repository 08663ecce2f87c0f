/**
 * Quantities of a line and its rows, as whole steps: conversion from the line's unit, whole pieces for
 * serials, and sums that agree (R55, R56, R63, R64, R66).
 */
import type { LotRowInput } from '../../model/posting.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { apportion, convert, formatSteps, sumDecimals, toSteps } from '../../rules/quantities.ts';
import { isZero, type LineWorld, type World } from './world.ts';

function steps(answer: number | ErrorCode, path: string, decimals: number): number {
  if (typeof answer === 'number') return answer;
  throw new LedgerError(answer, { path, details: { decimals } });
}

/** Steps of a line in the base unit. Zero only where the template allows it. */
export function lineSteps(line: LineWorld, world: World, serials: boolean): number {
  const { input, decimals, factor } = line;
  const path = `${line.path}.quantity`;
  if (isZero(input.quantity)) {
    if (world.template.allowZero) return 0;
    throw new LedgerError('quantity.zero', { path });
  }
  if (factor === null) {
    const base = toSteps(input.quantity, decimals);
    if (
      serials &&
      (base === 'quantity.precision' || (typeof base === 'number' && base % 10 ** decimals !== 0))
    ) {
      throw new LedgerError('serial.fractional', { path, details: { quantity: input.quantity } });
    }
    return steps(base, path, decimals);
  }
  const converted = convert(input.quantity, factor, decimals);
  if (typeof converted === 'string') throw new LedgerError(converted, { path });
  if (serials && (!converted.exact || converted.steps % 10 ** decimals !== 0)) {
    throw new LedgerError('serial.fractional', {
      path,
      details: { quantity: input.quantity, unit: factor.code },
    });
  }
  if (converted.steps === 0) throw new LedgerError('quantity.zero', { path });
  return converted.steps;
}

/** Number of pieces of a line of a serial item. */
export const pieces = (line: LineWorld, lineTotal: number): number => lineTotal / 10 ** line.decimals;

/** Steps of the named lot rows of a line; they sum to the line. */
export function rowSteps(line: LineWorld, rows: readonly LotRowInput[], lineTotal: number): number[] {
  const { decimals, factor, path } = line;
  rows.forEach((row, i) => {
    if (isZero(row.quantity)) throw new LedgerError('quantity.zero', { path: `${path}.lots[${i}].quantity` });
  });
  if (factor === null) {
    const each = rows.map((row, i) =>
      steps(toSteps(row.quantity, decimals), `${path}.lots[${i}].quantity`, decimals),
    );
    const difference = lineTotal - each.reduce((sum, row) => sum + row, 0);
    if (difference !== 0) throw mismatch(line, formatSteps(difference, decimals));
    return each;
  }
  const typed = rows.map((row) => row.quantity);
  const sum = sumDecimals(typed);
  const wanted = sumDecimals([line.input.quantity]);
  if (sum !== wanted) throw mismatch(line, subtract(wanted, sum));
  const each = apportion(typed, factor, decimals, lineTotal);
  const nothing = each.indexOf(0);
  if (nothing >= 0) throw new LedgerError('quantity.zero', { path: `${path}.lots[${nothing}].quantity` });
  return each;
}

function mismatch(line: LineWorld, difference: string): LedgerError {
  return new LedgerError('lot.sumMismatch', { path: `${line.path}.lots`, details: { difference } });
}

/** a − b of two exact decimal texts. */
function subtract(a: string, b: string): string {
  const places = Math.max(...[a, b].map((text) => text.split('.')[1]?.length ?? 0));
  const whole = (text: string): bigint => {
    const [integer = '0', fraction = ''] = text.split('.');
    return BigInt(integer + fraction.padEnd(places, '0'));
  };
  return formatSteps(whole(a) - whole(b), places);
}
