import { newId } from '../kit/index.ts';
import { isMailbox } from '../people/index.ts';
import { json, rows, run, sql, type Trx } from '../platform/db.ts';
import type { Mail } from './letter.ts';
import './tables.ts';

/**
 * Queues mails in the transaction of what they tell, all in one statement; one whose key is known already is left out. Left out too: news
 * that its reader stopped, and addresses no mail can reach (cash given by somebody without one). Answers how many were queued.
 */
export async function queueMails(trx: Trx, mails: readonly Mail[]): Promise<number> {
  const wanted = await withoutStopped(
    trx,
    mails.filter((mail) => isMailbox(mail.to)),
  );
  if (wanted.length === 0) return 0;
  const told = wanted.map(({ news: _, ...mail }) => ({ ...mail, id: newId<'mail'>() }));
  return run(
    trx,
    sql`insert into mails (id, key, kind, to_address, locale, subject, html, body_text, headers)
        select m.id, m.key, m.kind, m.to, m.locale, m.subject, m.html, m.text, m.headers
          from json_to_recordset(${JSON.stringify(told)}::json)
            as m (id uuid, key text, kind text, "to" text, locale text, subject text, html text, text text, headers jsonb)
        on conflict (key) do nothing`,
  );
}

async function withoutStopped(trx: Trx, mails: readonly Mail[]): Promise<readonly Mail[]> {
  const news = mails.flatMap((mail) => (mail.news ? [{ key: mail.key, address: mail.to.toLowerCase(), ...mail.news }] : []));
  if (news.length === 0) return mails;
  const stopped = await rows<{ key: string }>(
    trx,
    sql`select n.key from jsonb_to_recordset(${json(news)}) as n (key text, address text, topic text, campaign_id uuid)
          join mail_stops s on s.address = n.address and s.topic = n.topic and (s.campaign_id is null or s.campaign_id = n.campaign_id)`,
  );
  const keys = new Set(stopped.map(({ key }) => key));
  return mails.filter((mail) => !keys.has(mail.key));
}
