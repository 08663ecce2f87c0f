/** Grades: a plain list of evaluations of lots. */
import { gradeInput } from '../model/inputs.ts';
import { masterCommandsOf } from './shared/master.ts';

export const gradeCommands = masterCommandsOf({
  table: 'grades',
  schema: gradeInput,
  codes: { notFound: 'grade.notFound', duplicate: 'grade.duplicate', inUse: 'grade.inUse' },
});
