/**
 * The floors of the house. A room stands on the rooms below it and knows nothing of those above; on its own floor it knows only
 * those an arrow leads to. `src/tidy.test.ts` enforces it.
 */
export const floors = {
  1: ['kit'],
  2: ['platform'],
  3: ['nodes', 'people', 'activity', 'ledger', 'gateways', 'visits', 'look'],
  4: ['projects', 'rewards', 'returns', 'wallets', 'contributions', 'rounds'],
  5: ['site', 'sign', 'stats', 'notifications', 'admin', 'sandbox', 'dev', 'rehearsal'],
} as const;

/** Sideways, on one floor. On the fifth only one leads sideways: pages show the figures of `stats`. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  people: ['nodes', 'activity'],
  gateways: ['ledger'],
  visits: ['people', 'nodes'],
  look: ['visits', 'nodes'],
  rewards: ['projects'],
  returns: ['projects'],
  wallets: ['projects'],
  contributions: ['projects', 'rewards', 'wallets'],
  site: ['stats'],
  rounds: ['projects', 'rewards', 'wallets', 'contributions'],
};

/** What runs in the reader's browser: it may take pure things from the kit, and nobody takes from it. */
export const browser_room = 'browser';

/** The files directly in `src/`, and what starts them. They know every door and hold no rules. */
export const wiring = 'wiring';

export type WhyNot =
  | 'it_is_on_a_higher_floor'
  | 'no_arrow_leads_there'
  | 'the_browser_knows_only_the_kit'
  | 'its_room_is_on_no_floor';

/** Why a file of one room may not import from another, or null. */
export function whyMayNotImport(from: string, to: string): WhyNot | null {
  if (from === to || from === wiring) return null;
  if (from === browser_room) return to === 'kit' ? null : 'the_browser_knows_only_the_kit';
  if (to === wiring) return 'it_is_on_a_higher_floor';
  const [own, other] = [floorOf(from), floorOf(to)];
  if (own === null || other === null) return 'its_room_is_on_no_floor';
  if (other > own) return 'it_is_on_a_higher_floor';
  if (other < own) return null;
  return arrows[from]?.includes(to) ? null : 'no_arrow_leads_there';
}

export function floorOf(room: string): number | null {
  const found = Object.entries(floors).find(([, rooms]) => (rooms as readonly string[]).includes(room));
  return found ? Number(found[0]) : null;
}
