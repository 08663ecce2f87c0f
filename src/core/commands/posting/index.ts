/** The commands that move stock. */
import type { CommandDefinition } from '../../ports/view.ts';
import { postPosting } from './post.ts';
import { reversePosting } from './reverse.ts';

export const postingCommands = [postPosting, reversePosting] as unknown as readonly CommandDefinition[];
