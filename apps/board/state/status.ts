import type { Role, Status } from '../api/types.js';

/** The columns, and how their orders move on. */
export const COLUMNS = [
  { status: 'waiting', title: 'Waiting', next: 'preparation', action: 'Start' },
  { status: 'preparation', title: 'In preparation', next: 'ready', action: 'Ready' },
  { status: 'ready', title: 'Ready', next: 'delivered', action: 'Hand over' },
] as const satisfies { status: Status; title: string; next: Status; action: string }[];

export type Column = (typeof COLUMNS)[number];
export type OpenStatus = Column['status'];

const PROGRESS: Status[] = ['waiting', 'preparation', 'ready', 'delivered', 'cancelled'];

/** Returns the column of orders with this status, or undefined if they are not on the board. */
export function columnOf(status: Status | undefined): Column | undefined {
  return COLUMNS.find((column) => column.status === status);
}

/** Returns whether somebody may cancel open orders with this status. Of the staff, only managers may once it is in the making. */
export function mayCancel(role: Role | undefined, status: OpenStatus): boolean {
  return role === 'manager' || status === 'waiting';
}

/** Returns whether an order can no longer have the status `earlier` once it had `later`. */
export function isBefore(earlier: Status, later: Status): boolean {
  return PROGRESS.indexOf(earlier) < PROGRESS.indexOf(later);
}
