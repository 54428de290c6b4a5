import { type Db, row, run, sql, type Trx } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import type { Stop } from './links.ts';
import './tables.ts';

/** No more news: of this campaign, or of all. Saying it twice changes nothing. */
export async function stopNews(trx: Trx, stop: Stop, all: boolean): Promise<void> {
  await run(
    trx,
    sql`insert into mail_stops (address, topic, campaign_id, stopped_at)
        values (${stop.address}, ${stop.topic}, ${all ? null : stop.campaign_id}, moment()) on conflict do nothing`,
  );
}

/** News again, of this campaign and of all. */
export async function resumeNews(trx: Trx, stop: Stop): Promise<void> {
  await run(
    trx,
    sql`delete from mail_stops where address = ${stop.address} and topic = ${stop.topic} and (campaign_id is null or campaign_id = ${stop.campaign_id})`,
  );
}

/** The title of the campaign a link speaks of. */
export function titleOf(db: Db, campaign_id: string): Promise<{ title: Texts; locale: Locale } | undefined> {
  return row(
    db,
    sql`select p.title, p.locale from campaigns k join projects p on p.id = k.project_id where k.id = ${campaign_id}`,
  );
}
