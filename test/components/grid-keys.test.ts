/** The keys of a register's table. */
import { describe, expect, it } from 'vitest';
import {
  FILTERS,
  type GridShape,
  gridMove,
  HEADER,
  type Key,
  type Spot,
} from '../../src/components/controllers/grid-keys.ts';

const grid: GridShape = {
  rows: 25,
  columns: 6,
  leap: 10,
  headers: [-1, 0, 1, 2, 3, 4, 5],
  filters: [0, 1, 3],
  expanded: false,
  expandable: true,
  ticks: true,
  rtl: false,
};

const at = (row: number, column: number): Spot => ({ row, column });
const press = (spot: Spot, key: string, change: Partial<GridShape> = {}, held: Partial<Key> = {}) =>
  gridMove(spot, { key, ctrl: false, ...held }, { ...grid, ...change });
const ctrl = { ctrl: true };
const shift = { shift: true };

describe('keys among the rows of a register', () => {
  it('move by rows, keeping the column, and stop at the ends', () => {
    expect(press(at(3, 2), 'ArrowDown')).toEqual({ to: at(4, 2) });
    expect(press(at(24, 2), 'ArrowDown')).toEqual({ to: at(24, 2) });
    expect(press(at(3, -1), 'PageDown')).toEqual({ to: at(13, -1) });
    expect(press(at(20, -1), 'PageDown')).toEqual({ to: at(24, -1) });
    expect(press(at(4, 2), 'PageUp')).toEqual({ to: at(0, 2) });
  });

  it('open a row with the right arrow before entering it, and leave it before closing it', () => {
    expect(press(at(3, -1), 'ArrowRight')).toEqual({ act: 'expand' });
    expect(press(at(3, -1), 'ArrowRight', { expanded: true })).toEqual({ to: at(3, 0) });
    expect(press(at(3, 0), 'ArrowLeft', { expanded: true })).toEqual({ to: at(3, -1) });
    expect(press(at(3, -1), 'ArrowLeft', { expanded: true })).toEqual({ act: 'collapse' });
    expect(press(at(3, 5), 'ArrowRight')).toEqual({ to: at(3, 5) });
    expect(press(at(3, -1), 'ArrowRight', { expandable: false })).toEqual({ to: at(3, 0) });
  });

  it('lead from a closed row to the group it belongs to', () => {
    expect(press(at(3, -1), 'ArrowLeft', { parent: 1 })).toEqual({ to: at(1, -1) });
    expect(press(at(3, -1), 'ArrowLeft')).toEqual({ to: at(3, -1) });
  });

  it('mirror in right-to-left', () => {
    expect(press(at(3, -1), 'ArrowLeft', { rtl: true })).toEqual({ act: 'expand' });
    expect(press(at(3, 2), 'ArrowRight', { rtl: true })).toEqual({ to: at(3, 1) });
    expect(press(at(HEADER, 2), 'ArrowRight', { rtl: true }, ctrl)).toEqual({ head: 'forward' });
  });

  it('jump with Home, End and Ctrl', () => {
    expect(press(at(3, 2), 'Home')).toEqual({ to: at(3, 0) });
    expect(press(at(3, 2), 'End')).toEqual({ to: at(3, 5) });
    expect(press(at(3, 2), 'Home', {}, ctrl)).toEqual({ to: at(0, 2) });
    expect(press(at(3, 2), 'End', {}, ctrl)).toEqual({ to: at(24, 2) });
  });

  it('open, tick, copy and call the menu, and leave the rest to the browser', () => {
    expect(press(at(3, 2), 'Enter')).toEqual({ act: 'open' });
    expect(press(at(3, -1), ' ')).toEqual({ act: 'tick' });
    expect(press(at(3, -1), ' ', {}, shift)).toEqual({ act: 'tickTo' });
    expect(press(at(3, -1), ' ', { ticks: false })).toEqual({ act: 'toggle' });
    expect(press(at(3, 2), 'a', {}, ctrl)).toEqual({ act: 'tickAll' });
    expect(press(at(3, 2), 'a', { ticks: false }, ctrl)).toBe(null);
    expect(press(at(3, 2), 'c', {}, ctrl)).toEqual({ act: 'copy' });
    expect(press(at(3, 2), 'C', {}, { ...ctrl, ...shift })).toEqual({ act: 'copyRows' });
    expect(press(at(3, 2), 'F10', {}, shift)).toEqual({ act: 'menu' });
    expect(press(at(3, 2), 'ContextMenu')).toEqual({ act: 'menu' });
    expect(press(at(3, 2), 'x')).toBe(null);
    expect(press(at(3, 2), 'ArrowDown', {}, { alt: true })).toBe(null);
  });
});

describe('keys above the rows of a register', () => {
  it('lead up into the nearest filter, on to the header, and back', () => {
    expect(press(at(0, 2), 'ArrowUp')).toEqual({ to: at(FILTERS, 1) });
    expect(press(at(0, 5), 'ArrowUp')).toEqual({ to: at(FILTERS, 3) });
    expect(press(at(FILTERS, 3), 'ArrowUp')).toEqual({ to: at(HEADER, 3) });
    expect(press(at(HEADER, 4), 'ArrowDown')).toEqual({ to: at(FILTERS, 3) });
    expect(press(at(FILTERS, 3), 'ArrowDown')).toEqual({ to: at(0, 3) });
    expect(press(at(0, 2), 'ArrowUp', { filters: [] })).toEqual({ to: at(HEADER, 2) });
    expect(press(at(HEADER, 4), 'ArrowDown', { filters: [] })).toEqual({ to: at(0, 4) });
    expect(press(at(HEADER, -1), 'ArrowDown')).toEqual({ to: at(0, -1) });
  });

  it('go from filter to filter, and from header to header, the box that ticks all among them', () => {
    expect(press(at(FILTERS, 1), 'ArrowRight')).toEqual({ to: at(FILTERS, 3) });
    expect(press(at(FILTERS, 3), 'ArrowRight')).toEqual({ to: at(FILTERS, 3) });
    expect(press(at(HEADER, 0), 'ArrowLeft')).toEqual({ to: at(HEADER, -1) });
    expect(press(at(HEADER, 2), 'Home')).toEqual({ to: at(HEADER, -1) });
    expect(press(at(HEADER, 2), 'End')).toEqual({ to: at(HEADER, 5) });
    expect(press(at(HEADER, 2), 'End', {}, ctrl)).toEqual({ to: at(24, 2) });
  });

  it('sort, sort besides, move, widen and call the menu of a column', () => {
    expect(press(at(HEADER, 2), 'Enter')).toEqual({ head: 'sort' });
    expect(press(at(HEADER, 2), 'Enter', {}, shift)).toEqual({ head: 'sortAlso' });
    expect(press(at(HEADER, 2), 'ArrowRight', {}, ctrl)).toEqual({ head: 'back' });
    expect(press(at(HEADER, 2), 'ArrowLeft', {}, shift)).toEqual({ head: 'narrower' });
    expect(press(at(HEADER, 2), 'F2')).toEqual({ head: 'menu' });
    expect(press(at(HEADER, 2), 'ArrowDown', {}, { alt: true })).toEqual({ head: 'menu' });
    expect(press(at(HEADER, -1), ' ')).toEqual({ head: 'tickAll' });
  });

  it('edit a filter and list its values', () => {
    expect(press(at(FILTERS, 1), 'Enter')).toEqual({ head: 'edit' });
    expect(press(at(FILTERS, 1), 'F2')).toEqual({ head: 'edit' });
    expect(press(at(FILTERS, 1), 'F9')).toEqual({ head: 'values' });
    expect(press(at(FILTERS, 1), 'ArrowDown', {}, { alt: true })).toEqual({ head: 'values' });
    expect(press(at(FILTERS, 1), '2')).toBe(null);
  });
});
