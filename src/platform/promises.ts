import { type Db, rows, sql } from './db.ts';

/** Named SQL queries; each returns the rows that break the promise. No row: it holds. */
export type Promises = Record<string, string>;

export type Broken = { promise: string; rows: Record<string, unknown>[] };

/** Asks every promise, one after the other, and returns those that are broken with at most 20 offending rows each. */
export async function brokenPromises(db: Db, promises: Promises): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const [promise, query] of Object.entries(promises)) {
    const offending = await rows<Record<string, unknown>>(db, sql.raw(`select * from (${query}) offending limit 20`));
    if (offending.length > 0) broken.push({ promise, rows: offending });
  }
  return broken;
}
