import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from '../kit/index.ts';
import type { Config } from '../platform/config.ts';
import { type Db, row, sql, type Trx, transact } from '../platform/db.ts';
import type { Locale } from '../platform/i18n.ts';
import { countAttempt, type Limit, networkOf } from '../platform/limits.ts';
import type { Auth } from './auth.ts';
import type { Person } from './person.ts';
import './tables.ts';

/** What the verbs of this room stand on. */
export type House = {
  config: Config;
  db: Db;
  /** better-auth is large and most pages never need it: it is loaded when somebody first signs in. */
  auth(): Promise<Auth>;
};

export function openHouse(config: Config, db: Db): House {
  let opened: Promise<Auth> | null = null;
  const open = async () => (await import('./auth.ts')).openAuth(config, db);
  return {
    config,
    db,
    auth: () => {
      opened ??= open();
      return opened;
    },
  };
}

/** Who calls, as far as anybody knows before they have signed in. */
export type Caller = {
  locale: Locale;
  /** Name of the place they are at, for the mails. */
  site: string;
  /** The whole address of a bare own path, for the mails. */
  link(path: string): string;
  /** Their network address. */
  address: string;
  user_agent: string;
  /** Their cookies, as sent. */
  cookie: string;
};

export function headersOf(caller: Caller): Headers {
  return new Headers({ 'x-caller': caller.address, 'user-agent': caller.user_agent.slice(0, 300), cookie: caller.cookie });
}

/** One address, one way to write it. */
export function mailbox(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether mail can be sent there at all; only the mail itself shows whether it arrives. */
export function isMailbox(email: string): boolean {
  return email.length <= 254 && /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/.test(email);
}

/** The person whose mailbox this is. */
export function personOfMailbox(db: Db | Trx, email: string): Promise<Person | undefined> {
  return row<Person>(db, sql`select id, name, email, email_verified, locale from people where lower(email) = ${mailbox(email)}`);
}

/**
 * Counts one attempt for each of these, and ends the act when one is beyond its limit. Counted before anybody looks whether the
 * account exists, so that the answer says nothing about that.
 * @throws Refusal `too_many_attempts` (429), with `retry_at` as an instant in its params
 */
export async function countOrRefuse(
  house: House,
  caller: Caller,
  email: string,
  limits: { account: Limit; network: Limit },
): Promise<void> {
  const counted = await transact(house.db, async (trx) => [
    await countAttempt(trx, limits.network, networkOf(caller.address)),
    await countAttempt(trx, limits.account, mailbox(email)),
  ]);
  const refusals = counted.flatMap((each) => (each.allowed ? [] : [each.retry_at.epochMilliseconds]));
  if (refusals.length > 0) {
    refuse('too_many_attempts', 429, {
      params: { retry_at: Temporal.Instant.fromEpochMilliseconds(Math.max(...refusals)).toString() },
    });
  }
}

/** Known and unknown addresses take the same time: the answer waits until `floor_ms` are over, whatever was done behind it. */
export async function inEvenTime<R>(floor_ms: number, act: () => Promise<R>): Promise<R> {
  const floor = sleep(floor_ms);
  try {
    return await act();
  } finally {
    await floor;
  }
}
