import type { Movement } from './ledger.ts';

/**
 * Every way money moves, in one place; `docs/money.md` shows the same as a table an accountant can sign. Amounts in cents.
 * A recipe gives the movements of one entry; each movement has one source and one destination, so nothing can be unbalanced.
 */

type Of = { host_id: string; currency: string };
type Given = Of & { contribution_id: string; campaign_id: string; node_id: string; amount_cents: bigint; tip_cents: bigint };

/** Where a gateway's money comes from: what the gateway owes us, the payer's wallet, the bank, or the world (cash). */
export type Source = { method: string; person_id: string | null };

/** A contribution was collected: its amount is held for the campaign, its tip belongs to the node. */
export function contributionCollected(given: Given, source: Source): Movement[] {
  const entry = entryOf('contribution_collected', given.contribution_id, given);
  const total_cents = given.amount_cents + given.tip_cents;
  const from = accountOf(source);
  return [
    ...(source.method === 'transfer' ? [{ ...entry, from: ['outside', ''], to: from, cents: total_cents } as const] : []),
    { ...entry, campaign_id: given.campaign_id, from, to: ['held', given.campaign_id], cents: given.amount_cents },
    ...tip(entry, given, from),
  ];
}

/** A collected contribution goes back the way it came, tip included. */
export function contributionRefunded(given: Given, source: Source): Movement[] {
  const entry = entryOf('contribution_refunded', given.contribution_id, given);
  const to = accountOf(source);
  const total_cents = given.amount_cents + given.tip_cents;
  return [
    { ...entry, campaign_id: given.campaign_id, from: ['held', given.campaign_id], to, cents: given.amount_cents },
    ...untip(entry, given, to),
    ...(source.method === 'transfer' ? [{ ...entry, from: to, to: ['outside', ''], cents: total_cents } as const] : []),
  ];
}

/** The gateway would not give it back, so the treasurer paid it by hand from another account of the host. */
export function contributionRefundedByHand(given: Given): Movement[] {
  const entry = entryOf('contribution_refunded', given.contribution_id, given);
  const to = ['outside', ''] as const;
  return [
    { ...entry, campaign_id: given.campaign_id, from: ['held', given.campaign_id], to, cents: given.amount_cents },
    ...untip(entry, given, to),
  ];
}

/** By the giver's choice it stays with the host, in their wallet. */
export function contributionCredited(given: Given, person_id: string): Movement[] {
  const entry = entryOf('contribution_credited', given.contribution_id, given);
  const to = ['wallet', person_id] as const;
  return [
    { ...entry, campaign_id: given.campaign_id, from: ['held', given.campaign_id], to, cents: given.amount_cents },
    ...untip(entry, given, to),
  ];
}

/** By the giver's choice it goes to the node's common fund; the tip stays the tip they gave. */
export function contributionToFund(given: Given): Movement[] {
  const entry = entryOf('contribution_redirected', given.contribution_id, given);
  return [
    {
      ...entry,
      campaign_id: given.campaign_id,
      from: ['held', given.campaign_id],
      to: ['fund', given.node_id],
      cents: given.amount_cents,
    },
  ];
}

/** By the giver's choice it goes to another campaign; seen in both campaigns' ledgers. */
export function contributionToCampaign(given: Given, other_campaign_id: string): Movement[] {
  const entry = entryOf('contribution_redirected', given.contribution_id, given);
  return [
    {
      ...entry,
      campaign_id: given.campaign_id,
      from: ['held', given.campaign_id],
      to: ['held', other_campaign_id],
      cents: given.amount_cents,
    },
  ];
}

type Stray = Of & { parked_id: string; gateway: string; cents: bigint };

/** Money arrived that fits nothing: it waits in the bank account's unallocated part until a treasurer decides. */
export function moneyParked(stray: Stray): Movement[] {
  const entry = entryOf('money_parked', stray.parked_id, stray);
  return [{ ...entry, from: arrival(stray.gateway), to: ['bank', ''], cents: stray.cents }];
}

/** Parked money was sent back to whoever sent it. */
export function parkedReturned(stray: Stray): Movement[] {
  const entry = entryOf('parked_returned', stray.parked_id, stray);
  return [{ ...entry, from: ['bank', ''], to: arrival(stray.gateway), cents: stray.cents }];
}

/** A campaign of the past: what was collected was paid out to its promoter at the time, through other people's accounts. */
export function paidOutBefore(of: Of, campaign_id: string, project_id: string, cents: bigint): Movement[] {
  const entry = entryOf('paid_out_before', campaign_id, of);
  return [
    { ...entry, campaign_id, from: ['held', campaign_id], to: ['payable', project_id], cents },
    { ...entry, campaign_id, from: ['payable', project_id], to: ['outside', ''], cents },
  ];
}

/** Play money for a wallet, on demonstration hosts only: nobody else may fill a wallet from nothing. */
export function walletFilled(of: Of, person_id: string, fill_id: string, cents: bigint): Movement[] {
  return [{ ...entryOf('wallet_filled', fill_id, of), from: ['outside', ''], to: ['wallet', person_id], cents }];
}

type Entry = Pick<Movement, 'entry' | 'subject_id' | 'ordinal' | 'host_id' | 'currency' | 'campaign_id'>;

function entryOf(entry: string, subject_id: string, of: Of): Entry {
  return { entry, subject_id, ordinal: 0, host_id: of.host_id, currency: of.currency, campaign_id: null };
}

function accountOf(source: Source): Movement['from'] {
  if (source.method === 'wallet') return ['wallet', source.person_id ?? ''];
  if (source.method === 'transfer') return ['bank', ''];
  return arrival(source.method);
}

function arrival(method: string): Movement['from'] {
  return method === 'cash' || method === 'transfer' ? ['outside', ''] : ['clearing', method];
}

function tip(entry: Entry, given: Given, from: Movement['from']): Movement[] {
  return given.tip_cents > 0n ? [{ ...entry, from, to: ['tips', given.node_id], cents: given.tip_cents }] : [];
}

function untip(entry: Entry, given: Given, to: Movement['to']): Movement[] {
  return given.tip_cents > 0n ? [{ ...entry, from: ['tips', given.node_id], to, cents: given.tip_cents }] : [];
}
