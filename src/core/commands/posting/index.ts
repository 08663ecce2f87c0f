/** The commands that move stock. */
import type { CommandDefinition } from '../../ports/view.ts';
import { correctPosting } from './correct.ts';
import { postPosting } from './post.ts';
import { reversePosting } from './reverse.ts';

export const postingCommands = [
  postPosting,
  reversePosting,
  correctPosting,
] as unknown as readonly CommandDefinition[];
