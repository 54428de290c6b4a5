import nodemailer from 'nodemailer';
import { type Id, newId } from '../kit/index.ts';
import type { Config } from './config.ts';
import { again, type Db, json, row, rows, run, sql, type Trx, transact } from './db.ts';
import type { Log } from './log.ts';

export type Mail = {
  kind: string;
  /** One plain address. */
  to: string;
  locale: string;
  subject: string;
  html: string;
  text: string;
  /** A mail with a key is queued at most once. */
  key?: string;
  /** Such as List-Unsubscribe. */
  headers?: Record<string, string>;
};

/** Hands one mail to a mail server. Throws when it did not take it. */
export type Transport = { send(mail: QueuedMail): Promise<void>; close(): void };

export type QueuedMail = Mail & { id: Id<'mail'>; attempts: number };

/** A mail that is ours until `next_try_at`; whoever holds another value has lost it. */
type Claimed = { id: Id<'mail'>; next_try_at: Temporal.Instant };

/**
 * Writes a mail in the transaction that causes it: it leaves after the commit, or never. Answers its id, or null when a mail
 * with that key is there already.
 * @throws Error when an address, subject or header could smuggle in another line.
 */
export async function queueMail(trx: Trx, mail: Mail): Promise<Id<'mail'> | null> {
  refuseSmuggling(mail);
  const added = await rows<{ id: Id<'mail'> }>(
    trx,
    sql`insert into mails (id, key, kind, to_address, locale, subject, html, body_text, headers)
      values (${newId<'mail'>()}, ${mail.key ?? null}, ${mail.kind}, ${mail.to}, ${mail.locale}, ${mail.subject}, ${mail.html},
        ${mail.text}, ${json(mail.headers ?? {})})
      on conflict (key) do nothing returning id`,
  );
  return added[0]?.id ?? null;
}

/** How long a mail is ours. Sending one is given up before, however slowly the server answers, so that nobody else begins meanwhile. */
const lease_s = 120;
const sending_ms_max = 90_000;

/** The mail server of SMTP_URL; null without one: then mails are kept and can be read on this installation. */
export function openTransport(
  config: Pick<Config, 'smtp_url' | 'mail_from'>,
  within_ms: number = sending_ms_max,
): Transport | null {
  if (!config.smtp_url) return null;
  const limits = { pool: true, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
  const smtp = nodemailer.createTransport({ url: config.smtp_url, ...limits, disableFileAccess: true, disableUrlAccess: true });
  const host = /@([^\s<>@]+?)>?$/.exec(config.mail_from)?.[1] ?? 'localhost';
  return {
    async send(mail) {
      await smtp.sendMail({
        from: config.mail_from,
        to: { name: '', address: mail.to },
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        headers: { ...mail.headers, 'Auto-Submitted': 'auto-generated' },
        // Ends the connection of a server that answers, and answers, and takes nothing.
        signal: AbortSignal.timeout(within_ms),
        // The same at every attempt: a mail server that took it twice lets the reader's program see one.
        messageId: `<${mail.id}@${host}>`,
      });
    },
    close: () => smtp.close(),
  };
}

const attempts_max = 8;

/**
 * Sends what waits, oldest first, and answers how many were sent. Any number of workers may do it at once: a batch is claimed in one
 * statement, and each mail again before it leaves, since those before it may have taken their time. A mail that is refused for good, or
 * eight times over a day and a half, is marked with the reason and left for a person to see.
 */
export async function sendQueuedMails(db: Db, transport: Transport, limit = 50): Promise<number> {
  const claimed = await transact(db, (trx) => claim(trx, limit));
  let sent = 0;
  for (const each of claimed) {
    const mail = await transact(db, (trx) => begin(trx, each));
    if (!mail) continue;
    const failure = await transport.send(mail).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    await again(() => transact(db, (trx) => (failure ? noteFailure(trx, mail, failure.error) : noteSent(trx, mail))));
    if (!failure) sent += 1;
  }
  return sent;
}

/** Sends at short intervals until stopped. */
export function keepSending(db: Db, transport: Transport, log: Log, every_ms = 2_000): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = (async () => {
    while (!stopped) {
      const sent = await sendQueuedMails(db, transport).catch((error) => {
        log.warn({ err: error }, 'mails could not be sent, trying again');
        return 0;
      });
      if (sent > 0) continue;
      await new Promise<void>((done) => {
        wake = done;
        setTimeout(done, every_ms);
      });
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake();
      await loop;
      transport.close();
    },
  };
}

/** Taking a mail moves its next attempt: should this process die now, another tries again then. */
function claim(trx: Trx, limit: number): Promise<Claimed[]> {
  return rows<Claimed>(
    trx,
    sql`update mails set next_try_at = now() + ${lease_s} * interval '1 second'
      where id in (
        select id from mails where sent_at is null and failed_because is null and next_try_at <= now()
        order by next_try_at limit ${limit} for update skip locked)
      returning id, next_try_at`,
  );
}

/** Counts the attempt and has the whole time for it; undefined when the mail is not ours any more. */
function begin(trx: Trx, { id, next_try_at }: Claimed): Promise<QueuedMail | undefined> {
  return row<QueuedMail>(
    trx,
    sql`update mails set attempts = attempts + 1, next_try_at = now() + ${lease_s} * interval '1 second'
      where id = ${id} and next_try_at = ${next_try_at} and sent_at is null and failed_because is null
      returning id, kind, to_address as to, locale, subject, html, body_text as text, headers, attempts`,
  );
}

function noteSent(trx: Trx, mail: QueuedMail): Promise<number> {
  return run(trx, sql`update mails set sent_at = now(), failed_because = null where id = ${mail.id}`);
}

/** Tried again after 1, 4, 16... minutes, 12 hours at most. */
function noteFailure(trx: Trx, mail: QueuedMail, error: unknown): Promise<number> {
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const for_good = (status >= 500 && status < 600) || mail.attempts >= attempts_max;
  const reason = for_good ? (error instanceof Error ? error.message : String(error)).slice(0, 500) : null;
  return run(
    trx,
    sql`update mails set failed_because = ${reason}, next_try_at = now() + least(interval '12 hours', interval '1 minute' * power(4, attempts - 1))
      where id = ${mail.id} and attempts = ${mail.attempts} and sent_at is null`,
  );
}

function refuseSmuggling(mail: Mail): void {
  if (!/^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/.test(mail.to) || mail.to.length > 254)
    throw new Error('A mail goes to one plain address.');
  const lines = [mail.subject, ...Object.entries(mail.headers ?? {}).flat()];
  if (lines.some((line) => /[\r\n\0]/.test(line))) throw new Error('A subject or header of a mail has one line.');
  if (Object.keys(mail.headers ?? {}).some((name) => !/^[A-Za-z0-9-]+$/.test(name)))
    throw new Error('A header of a mail has a plain name.');
}
