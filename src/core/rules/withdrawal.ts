/** How an item's lots are withdrawn where nobody names them, asked alike by suggestions and postings (R96). */
import type { ItemLots } from '../model/inputs.ts';

/** How lots of an item follow each other; `manual`: a person chooses. First to expire goes first unless said. */
export const withdrawalOf = (item: {
  readonly lots?: ItemLots | null | undefined;
}): NonNullable<ItemLots['withdrawal']> => item.lots?.withdrawal ?? 'fefo';
