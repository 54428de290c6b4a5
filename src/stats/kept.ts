import type { Db } from '../platform/db.ts';

type Shelf<T> = { read_at: number; value: Promise<T>; renewing: boolean };

/**
 * Keeps what is costly to read and may be a little old. Younger than `fresh_ms` it is given as it is; older, it is still given, while it
 * is read anew behind the reader's back: only the first reader of all ever waits.
 */
export function kept<T>(read: (db: Db) => Promise<T>, fresh_ms: number): (db: Db) => Promise<T> {
  const shelves = new WeakMap<Db, Shelf<T>>();
  const fill = (db: Db): Promise<T> => {
    const value = read(db);
    shelves.set(db, { read_at: performance.now(), value, renewing: false });
    // What failed is not kept: the next reader asks again.
    value.catch(() => shelves.delete(db));
    return value;
  };
  const renew = async (db: Db, shelf: Shelf<T>): Promise<void> => {
    shelf.renewing = true;
    try {
      const value = await read(db);
      shelves.set(db, { read_at: performance.now(), value: Promise.resolve(value), renewing: false });
    } catch {
      // The old one stays a while longer rather than nothing.
      shelf.read_at = performance.now();
      shelf.renewing = false;
    }
  };
  return (db) => {
    const shelf = shelves.get(db);
    if (!shelf) return fill(db);
    if (!shelf.renewing && performance.now() - shelf.read_at >= fresh_ms) void renew(db, shelf);
    return shelf.value;
  };
}
