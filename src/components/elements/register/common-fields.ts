/** Fields that lots and serials both have and a register shows to those who choose them. */
import type { FieldExtension } from '../../extensions/types.ts';

/** What it is; before the fields that only one of the two has. */
export const descriptive: readonly FieldExtension<unknown>[] = [
  { key: 'variant', label: 'word.variant', type: 'code', filter: 'variant', group: 'variant' },
  { key: 'description', label: 'word.description', type: 'text', filter: 'description' },
  { key: 'reference', label: 'word.reference', type: 'text', filter: 'reference' },
  { key: 'startDate', label: 'word.startDate', type: 'date', sort: 'startDate', filter: 'startDate' },
];

/** What became of it; after them. */
export const recorded: readonly FieldExtension<unknown>[] = [
  { key: 'recall', label: 'word.recall', type: 'code' },
  { key: 'notes', label: 'word.notes', type: 'text' },
  { key: 'createdAt', label: 'word.createdAt', type: 'instant', sort: 'createdAt', filter: 'createdAt' },
  { key: 'updatedAt', label: 'word.updatedAt', type: 'instant', sort: 'updatedAt', filter: 'updatedAt' },
];
