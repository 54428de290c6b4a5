import { type Db, only, row, rows, sql } from '../platform/db.ts';

export type KeptMail = {
  id: string;
  kind: string;
  to_address: string;
  locale: string;
  subject: string;
  created_at: Temporal.Instant;
  sent_at: Temporal.Instant | null;
  failed_because: string | null;
};
export type WholeMail = KeptMail & { html: string; body_text: string; headers: Record<string, string> };

export type Mailbox = { mails: KeptMail[]; page: number; pages: number; addresses: string[] };

const per_page = 40;

/** Mails, newest first, of one address or of all; with the addresses that got some lately. */
export async function keptMails(db: Db, to: string, page: number): Promise<Mailbox> {
  const of_address = to ? sql`lower(to_address) = lower(${to})` : sql`true`;
  const [mails, count, addresses] = await Promise.all([
    rows<KeptMail>(
      db,
      sql`select id, kind, to_address, locale, subject, created_at, sent_at, failed_because from mails where ${of_address}
           order by created_at desc, id desc limit ${per_page} offset ${(page - 1) * per_page}`,
    ),
    only<{ n: bigint }>(db, sql`select count(*) as n from mails where ${of_address}`),
    rows<{ address: string }>(
      db,
      sql`select lower(to_address) as address from (select to_address, created_at from mails order by created_at desc limit 500) lately
           group by 1 order by max(created_at) desc limit 12`,
    ),
  ]);
  return {
    mails,
    page,
    pages: Math.max(1, Math.ceil(Number(count.n) / per_page)),
    addresses: addresses.map(({ address }) => address),
  };
}

export function keptMail(db: Db, id: string): Promise<WholeMail | undefined> {
  return row<WholeMail>(db, sql`select * from mails where id = ${id}`);
}
