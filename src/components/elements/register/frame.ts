/** What the parts around the rows of a register may use. */
import type { RegisterController } from '../../controllers/register-controller.ts';
import type { Density, Problem } from '../../core.ts';
import type { Format } from '../../i18n/format.ts';
import type { ChipDefinition, Column, RegisterKind } from './kind.ts';

export interface FrameView<R extends { readonly id: string }> {
  readonly kind: RegisterKind<R>;
  readonly register: RegisterController<R>;
  readonly chips: readonly ChipDefinition[];
  readonly format: Format;
  readonly narrow: boolean;
  readonly readonly: boolean;
  readonly typed: string;
  readonly density: Density;
  /** Columns that can be sorted by, for the choice that stands in for the header. */
  readonly sortable: readonly Column<R>[];
  readonly offlineSince: Date | undefined;
  readonly say: (problem: Problem) => string;
  readonly search: (text: string, now?: boolean) => void;
  readonly create: () => void;
  readonly spread: (density: Density) => void;
  readonly focusSearch: () => void;
}
