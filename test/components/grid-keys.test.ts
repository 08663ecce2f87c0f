/** The keys of a register's table. */
import { describe, expect, it } from 'vitest';
import { type GridShape, gridMove, type Spot } from '../../src/components/controllers/grid-keys.ts';

const grid: GridShape = {
  rows: 25,
  columns: 6,
  leap: 10,
  headers: [0, 1, 3],
  expanded: false,
  expandable: true,
  rtl: false,
};

const at = (row: number, column: number): Spot => ({ row, column });
const press = (spot: Spot, key: string, change: Partial<GridShape> = {}, ctrl = false) =>
  gridMove(spot, { key, ctrl }, { ...grid, ...change });

describe('keys in a register', () => {
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
  });

  it('mirror in right-to-left', () => {
    expect(press(at(3, -1), 'ArrowLeft', { rtl: true })).toEqual({ act: 'expand' });
    expect(press(at(3, 2), 'ArrowRight', { rtl: true })).toEqual({ to: at(3, 1) });
  });

  it('jump with Home, End and Ctrl', () => {
    expect(press(at(3, 2), 'Home')).toEqual({ to: at(3, 0) });
    expect(press(at(3, 2), 'End')).toEqual({ to: at(3, 5) });
    expect(press(at(3, 2), 'Home', {}, true)).toEqual({ to: at(0, 2) });
    expect(press(at(3, 2), 'End', {}, true)).toEqual({ to: at(24, 2) });
  });

  it('reach the nearest sortable header and come back', () => {
    expect(press(at(0, 2), 'ArrowUp')).toEqual({ to: at(-1, 1) });
    expect(press(at(0, 5), 'ArrowUp')).toEqual({ to: at(-1, 3) });
    expect(press(at(-1, 1), 'ArrowRight')).toEqual({ to: at(-1, 3) });
    expect(press(at(-1, 3), 'ArrowRight')).toEqual({ to: at(-1, 3) });
    expect(press(at(-1, 3), 'ArrowDown')).toEqual({ to: at(0, 3) });
    expect(press(at(-1, 3), 'Enter')).toBe(null);
    expect(press(at(0, 2), 'ArrowUp', { headers: [] })).toEqual({ to: at(0, 2) });
  });

  it('open, toggle and copy, and leave the rest to the browser', () => {
    expect(press(at(3, 2), 'Enter')).toEqual({ act: 'open' });
    expect(press(at(3, -1), ' ')).toEqual({ act: 'toggle' });
    expect(press(at(3, 2), 'c', {}, true)).toEqual({ act: 'copy' });
    expect(press(at(3, 2), 'c')).toBe(null);
    expect(press(at(3, 2), 'Tab')).toBe(null);
    expect(press(at(3, 2), 'F5')).toBe(null);
  });
});
