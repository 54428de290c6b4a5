import { performance } from 'node:perf_hooks';

/** One line of the bench: a value, its reference measured in the same run, their ratio, and what we want of it. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  reference?: number;
  ratio?: number;
  aim: string;
  ok?: boolean;
  note?: string;
};

export function say(figure: Figure): void {
  const rounded = Object.fromEntries(
    Object.entries(figure).map(([key, value]) => [key, typeof value === 'number' ? Number(value.toPrecision(4)) : value]),
  );
  console.log(JSON.stringify(rounded));
}

/** Work done `count` times by `lanes` at once; answers how many a second. */
export async function rate(count: number, lanes: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let n = next++; n < count; n = next++) await work(n);
    }),
  );
  return (count * 1000) / (performance.now() - began);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs the parts in turn, several times, so that a slow minute of the machine touches all of them; answers the median of each. */
export async function interleaved<K extends string>(
  turns: number,
  parts: Record<K, (turn: number) => Promise<number>>,
): Promise<Record<K, number>> {
  const values = Object.fromEntries(Object.keys(parts).map((key) => [key, [] as number[]])) as Record<K, number[]>;
  for (let turn = 0; turn < turns; turn += 1) {
    for (const key of Object.keys(parts) as K[]) values[key].push(await parts[key](turn));
  }
  return Object.fromEntries((Object.keys(parts) as K[]).map((key) => [key, median(values[key])])) as Record<K, number>;
}
