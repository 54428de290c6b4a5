import type { T } from '../platform/i18n.ts';
import { Chip, type ChipKind } from './parts.tsx';

export type StateOf = 'campaign' | 'return' | 'contribution';

const kinds: Record<StateOf, Record<string, ChipKind>> = {
  campaign: {
    scheduled: 'plain',
    round_one: 'water',
    collecting: 'sun',
    round_two: 'water',
    open: 'water',
    funded: 'reed',
    fulfilled: 'reed',
    failed: 'plain',
    stopped: 'alarm',
    rejected: 'plain',
    withdrawn: 'plain',
  },
  return: { promised: 'water', late: 'sun', delivered: 'reed', verified: 'reed', contested: 'alarm' },
  contribution: {
    started: 'plain',
    secured: 'water',
    collected: 'reed',
    declined: 'alarm',
    disputed: 'sun',
    lapsed: 'plain',
    released: 'plain',
    withdrawn: 'plain',
    refunded: 'plain',
    credited: 'plain',
    redirected: 'plain',
    charged_back: 'plain',
  },
};

/** A state in the reader's words: never by colour alone. */
export function StateChip(props: { t: T; of: StateOf; state: string }) {
  const { of, state } = props;
  return <Chip kind={kinds[of][state] ?? 'plain'}>{props.t.maybe(`look.${of}_${state}`) ?? state.replaceAll('_', ' ')}</Chip>;
}
