import type { Currency } from '../kit/index.ts';
import { type Db, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';

/** What one host keeps for one person, in cents. */
export type Wallet = { account_id: string; host_id: string; host_name: string; currency: Currency; balance_cents: bigint };

/** All wallets a person has ever had, the fullest first. */
export function walletsOf(db: Db, person_id: string): Promise<Wallet[]> {
  return rows<Wallet>(
    db,
    sql`select a.id as account_id, a.host_id, h.name as host_name, a.currency, a.balance_cents
          from hosts h join accounts a on a.host_id = h.id and a.kind = 'wallet' and a.owner = ${person_id}::text
         order by a.balance_cents desc, h.name`,
  );
}

/** A movement of a wallet with what it was for. `amount_cents` is negative when money left it. */
export type WalletMove = {
  id: bigint;
  account_id: string;
  at: Temporal.Instant;
  entry: string;
  amount_cents: bigint;
  contribution_id: string | null;
  node_id: string | null;
  slug: string | null;
  title: Texts | null;
  locale: Locale | null;
};

/** Movements of these wallets, newest first. */
export function walletMoves(db: Db, account_ids: readonly string[], limit: number, offset: number): Promise<WalletMove[]> {
  return rows<WalletMove>(
    db,
    sql`select m.id, a.id as account_id, e.at, e.kind as entry, case when m.to_account = a.id then m.amount_cents else -m.amount_cents end as amount_cents,
               c.id as contribution_id, c.node_id, p.slug, p.title, p.locale
          from unnest(${account_ids}::uuid[]) a(id)
          join lateral (select * from movements where from_account = a.id union all select * from movements where to_account = a.id) m on true
          join entries e on e.id = m.entry_id
          left join contributions c on c.id = e.subject_id left join campaigns k on k.id = c.campaign_id left join projects p on p.id = k.project_id
         order by m.id desc limit ${limit} offset ${offset}`,
  );
}
