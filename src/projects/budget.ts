import { fill, type Gift } from '../kit/index.ts';
import type { Texts } from '../platform/i18n.ts';

export type LineKind = 'task' | 'infrastructure' | 'material' | 'other';

/** One thing the money pays for. The minimum is the sum of the essential lines, the optimum the sum of all. */
export type BudgetLine = {
  id: string;
  position: number;
  kind: LineKind;
  title: Texts;
  why: Texts;
  amount_cents: bigint;
  essential: boolean;
  starts_on: string | null;
  ends_on: string | null;
};

/** `share` goes from 0 to 1. */
export type FilledLine = BudgetLine & { filled_cents: bigint; wished_cents: bigint; share: number };

/**
 * The lines in the order in which money reaches them, each with what fills it now, and what exceeds them all. Rule: domain.md 3,
 * "Wish for lines"; computed by `fill` of the kit from gifts summed by wish.
 */
export function fillLines(lines: readonly BudgetLine[], gifts: readonly Gift[]): { lines: FilledLine[]; overflow_cents: bigint } {
  const filling = fill(lines, gifts);
  const in_order = lines.toSorted((a, b) => Number(b.essential) - Number(a.essential) || a.position - b.position);
  return {
    lines: in_order.map((line) => {
      const { filled_cents, wished_cents } = filling.lines.get(line.id) ?? { filled_cents: 0n, wished_cents: 0n };
      return { ...line, filled_cents, wished_cents, share: Number(filled_cents) / Number(line.amount_cents) };
    }),
    overflow_cents: filling.overflow_cents,
  };
}

/** The two thresholds that follow from the lines, in cents. */
export function thresholdsOf(lines: readonly Pick<BudgetLine, 'amount_cents' | 'essential'>[]): {
  minimum_cents: bigint;
  optimum_cents: bigint;
} {
  const sum = (some: typeof lines) => some.reduce((cents, line) => cents + line.amount_cents, 0n);
  return { minimum_cents: sum(lines.filter((line) => line.essential)), optimum_cents: sum(lines) };
}
