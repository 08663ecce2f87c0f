/** The commands of reservations. */
import type { CommandDefinition } from '../../ports/view.ts';
import { alterReservation, moveReservation, releaseReservations, substituteReservation } from './change.ts';
import { commitReservations } from './commit.ts';

export const reservationCommands = [
  commitReservations,
  alterReservation,
  moveReservation,
  releaseReservations,
  substituteReservation,
] as unknown as readonly CommandDefinition[];
