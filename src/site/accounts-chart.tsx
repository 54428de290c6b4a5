import { raw } from 'hono/html';
import type { YearLine } from '../stats/index.ts';
import type { Visit } from '../visits/index.ts';

const height = 250;
const top = 26;
const foot = 30;
const depth = height - top - foot;

/**
 * Money by year: columns of what was collected, its returned part hatched. Along the years everything is in per cent, so the drawing fits
 * every width and its letters keep their size. The table below it says the same in figures.
 */
export function YearChart({ visit, lines }: { visit: Visit; lines: readonly YearLine[] }) {
  const most_cents = lines.reduce((most, line) => (line.collected_cents > most ? line.collected_cents : most), 0n);
  if (most_cents === 0n) return null;
  const [step_cents, steps] = scaleOf(most_cents);
  const up = (cents: bigint) => Math.round((Number(cents) / Number(step_cents * BigInt(steps))) * depth * 10) / 10;
  const marks = Array.from({ length: steps + 1 }, (_, index) => {
    const cents = step_cents * BigInt(index);
    const y = top + depth - up(cents);
    const mark = index === 0 ? '' : `<text class="chart-mark" x="0" y="${y - 5}">${escape(visit.money(cents))}</text>`;
    return `<line class="chart-line" x2="100%" y1="${y}" y2="${y}"/>${mark}`;
  });
  const columns = lines.map((line, index) => column(line, index, lines.length, up));
  const label = visit.t('accounts.chart_label', { from: String(lines[0]?.year ?? ''), to: String(lines.at(-1)?.year ?? '') });
  return raw(
    `<svg class="chart" width="100%" height="${height}" role="img" aria-label="${escape(label)}">${marks.join('')}${columns.join('')}</svg>`,
  );
}

/** What the two looks of a column mean. */
export function ChartKey({ visit }: { visit: Visit }) {
  return (
    <ul class="chart-key">
      <li>
        <svg width="22" height="14" aria-hidden="true">
          <rect class="chart-kept" width="22" height="14" />
        </svg>
        {visit.t('accounts.chart_kept')}
      </li>
      <li>
        <svg width="22" height="14" aria-hidden="true">
          <rect class="chart-back" width="22" height="14" />
        </svg>
        {visit.t('accounts.chart_back')}
      </li>
    </ul>
  );
}

function column(line: YearLine, index: number, count: number, up: (cents: bigint) => number): string {
  const width = 100 / count;
  const returned_cents = line.returned_cents > line.collected_cents ? line.collected_cents : line.returned_cents;
  const [back, kept] = [up(returned_cents), up(line.collected_cents - returned_cents)];
  const base = top + depth;
  const drawn =
    (kept > 0 ? `<rect class="chart-kept" x="18%" width="64%" y="${base - kept}" height="${kept}"/>` : '') +
    (back > 0 ? `<rect class="chart-back" x="18%" width="64%" y="${base - kept - back}" height="${back}"/>` : '');
  const year = count > 10 ? `’${String(line.year).slice(-2)}` : String(line.year);
  return `<svg x="${index * width}%" width="${width}%" height="${height}">${drawn}<text class="chart-year" x="50%" y="${height - 8}" text-anchor="middle">${year}</text></svg>`;
}

/** Steps of 1, 2 or 5 with zeros, three to five of them up to the highest column. */
function scaleOf(most_cents: bigint): [bigint, number] {
  for (let power = 100n; ; power *= 10n) {
    for (const digit of [1n, 2n, 5n]) {
      const step = power * digit;
      const steps = Number((most_cents + step - 1n) / step);
      if (steps <= 5) return [step, Math.max(1, steps)];
    }
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
