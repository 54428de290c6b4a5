import type { Texts } from '../platform/i18n.ts';

/** A licence of the table, with what it lets people do. */
export type Licence = {
  id: string;
  name: string;
  short_name: string;
  url: string | null;
  open_definition: boolean;
  osi: boolean;
  oshwa: boolean;
  non_commercial: boolean;
  no_derivatives: boolean;
};

export const return_states = ['promised', 'late', 'delivered', 'verified', 'contested'] as const;
export type ReturnState = (typeof return_states)[number];

/** What everybody gets back, whether they gave or not. */
export type Return = {
  id: string;
  position: number;
  type: string;
  type_name: Texts;
  title: Texts;
  about: Texts;
  licence: Licence | null;
  due_months: number;
  /** "2027-02-01"; known once the campaign is funded. */
  due_on: string | null;
  state: ReturnState;
  url: string | null;
  delivered_on: string | null;
  verified_on: string | null;
  verified_by: string | null;
  demonstration: boolean;
};

/** Reviewed as open by the body that answers for this kind of work. */
export function isOpen(licence: Pick<Licence, 'open_definition' | 'osi' | 'oshwa'>): boolean {
  return licence.open_definition || licence.osi || licence.oshwa;
}

/** The moves of a return (domain.md 2): late when its date passes, delivered by the promoter, verified by a companion, contested by anyone. */
const edges: Record<ReturnState, readonly ReturnState[]> = {
  promised: ['late', 'delivered'],
  late: ['delivered'],
  delivered: ['verified', 'contested'],
  verified: ['contested'],
  contested: ['delivered', 'verified'],
};

export function mayReturnMove(from: ReturnState, to: ReturnState): boolean {
  return edges[from].includes(to);
}
