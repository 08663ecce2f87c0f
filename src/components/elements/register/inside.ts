/** What the helpers of a register element know of it and may ask of it. */
import type { LitElement } from 'lit';
import type { Announcer } from '../../controllers/announcer.ts';
import type { FileColumn } from '../../controllers/register/csv.ts';
import type { Ledger } from '../../core.ts';
import type { ActionContext, ActionScope } from '../../extensions/types.ts';
import type { Dialog } from '../../primitives/dialog.ts';
import type { BulkDialog } from './bulk.ts';
import type { ColumnSheet } from './column-sheet.ts';
import type { DrawnLines, GridFocus } from './focus.ts';
import type { RegisterKeys } from './keys.ts';
import type { RegisterKind } from './kind.ts';
import type { RegisterTasks } from './tasks.ts';
import type { RegisterView, ViewColumn } from './view.ts';
import type { WindowView } from './window-view.ts';

export interface Inside<R extends { readonly id: string }> {
  readonly element: LitElement;
  readonly kind: RegisterKind<R>;
  /** What was drawn last. */
  readonly view: () => RegisterView<R>;
  readonly ledger: () => Ledger | undefined;
  readonly language: () => string;
  readonly rtl: () => boolean;
  readonly lines: () => DrawnLines;
  readonly focus: GridFocus;
  readonly sheet: ColumnSheet<R>;
  readonly window: WindowView;
  readonly dialog: Dialog;
  readonly bulk: BulkDialog;
  readonly keys: RegisterKeys<R>;
  readonly tasks: RegisterTasks<R>;
  readonly announcer: Announcer;
  readonly type: (text: string) => void;
  readonly files: (columns: readonly ViewColumn<R>[]) => readonly FileColumn<R>[];
  /** Reads what rows need beside themselves. */
  readonly prepare: (rows: readonly R[]) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly actionContext: (scope: ActionScope, rows: readonly R[]) => ActionContext<R> | undefined;
}
