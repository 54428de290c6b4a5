import { raw } from 'hono/html';
import type { Currency } from '../kit/index.ts';
import type { Visit } from '../visits/index.ts';
import { type GaugeFacts, type GaugeShape, gaugeShape, labelsCollide, type Stretch, shareOf } from './gauge-shape.ts';
import { escaped, remember } from './memo.ts';
import { words } from './parts.tsx';

type GaugeProps = { visit: Visit; facts: GaugeFacts; currency?: Currency | undefined; size?: 'small' | 'large'; class?: string };
/**
 * The gauge: a channel with two gates. Water is money from people, a second tone is matched money, the hatched bank is hands,
 * the thin line is time. One picture, with everything it shows said in words.
 */
export function Gauge(props: GaugeProps) {
  return raw(drawnGauge(props));
}

/** Words and drawing together are remembered: the same facts are shown on many pages. */
const drawnGauge = remember(
  ({ visit, facts, currency, size, class: own }: GaugeProps) => {
    const drawing: Drawing = {
      facts,
      label: gaugeWords(visit, facts, currency),
      minimum: [visit.t('look.minimum'), visit.money(facts.minimum_cents, currency)],
      optimum: [visit.t('look.optimum'), visit.money(facts.optimum_cents, currency)],
      css: words('gauge', size === 'large' ? 'is-large' : 'is-small', facts.collecting && 'is-collecting', own),
    };
    return size === 'large' ? drawLarge(drawing) : drawSmall(drawing);
  },
  ({ visit, facts: f, currency, size, class: own }) =>
    [
      ...[
        visit.locale,
        currency ?? visit.node.currency,
        size,
        own,
        f.minimum_cents,
        f.optimum_cents,
        f.collected_cents,
        f.secured_cents,
      ],
      ...[f.declined_cents, f.matched_cents, f.collecting, f.hands, f.time],
    ].join('|'),
);

type Drawing = { facts: GaugeFacts; label: string; minimum: [string, string]; optimum: [string, string]; css: string };

/** The colours of a gauge in words, only those that appear. Stands under a large one. */
export function GaugeKey(props: { visit: Visit; facts: GaugeFacts; currency?: Currency }) {
  const { visit, facts } = props;
  const shown = gaugeShape(facts).stretches.map((stretch) => stretch.tone);
  const cents = {
    people: facts.collected_cents + facts.secured_cents + (facts.declined_cents ?? 0n),
    arrived: facts.collected_cents,
    promised: facts.secured_cents,
    declined: facts.declined_cents ?? 0n,
    matched: facts.matched_cents ?? 0n,
  };
  return (
    <ul class={words('gauge-key', facts.collecting && 'is-collecting')}>
      {shown.map((tone) => (
        <li class={`is-${tone}`}>
          <i aria-hidden="true" />
          {visit.t(`look.tone_${tone}`)} <b class="num">{visit.money(cents[tone], props.currency)}</b>
        </li>
      ))}
      {facts.hands != null && (
        <li class="is-hands">
          <i aria-hidden="true" />
          {visit.t('look.tone_hands')} <b class="num">{visit.t('look.percent', { n: Math.floor(facts.hands * 100) })}</b>
        </li>
      )}
    </ul>
  );
}

/** Everything a gauge shows, as sentences in the reader's language. */
export function gaugeWords(visit: Visit, facts: GaugeFacts, currency?: Currency): string {
  const { t } = visit;
  const shape = gaugeShape(facts);
  const money = (cents: bigint) => visit.money(cents, currency);
  const sentences = [
    t('look.gauge_raised', {
      raised: money(shape.raised_cents),
      percent: shareOf(shape.raised_cents, facts.minimum_cents),
      minimum: money(facts.minimum_cents),
    }),
    shape.optimum === null ? t('look.gauge_no_optimum') : t('look.gauge_optimum', { optimum: money(facts.optimum_cents) }),
  ];
  if (facts.collecting) {
    sentences.push(t('look.gauge_collecting', { arrived: money(facts.collected_cents), promised: money(facts.secured_cents) }));
    if (facts.declined_cents) sentences.push(t('look.gauge_declined', { declined: money(facts.declined_cents) }));
  }
  if (facts.matched_cents) sentences.push(t('look.gauge_matched', { matched: money(facts.matched_cents) }));
  if (facts.hands != null) sentences.push(t('look.gauge_hands', { percent: Math.floor(facts.hands * 100) }));
  if (facts.time != null) sentences.push(t('look.gauge_time', { percent: Math.floor(facts.time * 100) }));
  return sentences.join(' ');
}

/** Measures in px; along the channel everything is in per cent, so that one drawing fits every width and its lines stay sharp. */
type Measures = { top: number; depth: number; wave: number; swell: number; reach: number };
const small: Measures = { top: 9, depth: 16, wave: 9, swell: 1.6, reach: 640 };
const large: Measures = { top: 48, depth: 42, wave: 18, swell: 2.8, reach: 1240 };

function drawSmall({ facts, label, css }: Drawing): string {
  const shape = gaugeShape(facts);
  const height = facts.hands == null ? 34 : 42;
  return frame(css, height, label, [channel(shape, small), gates(shape, small), hands(facts, 29, 6), time(facts, height - 3, 0)]);
}

function drawLarge({ facts, label, css, minimum, optimum }: Drawing): string {
  const shape = gaugeShape(facts);
  const stacked = shape.optimum !== null && labelsCollide(shape.minimum, shape.optimum, optimum[1]);
  const measures = stacked ? { ...large, top: large.top + 13 } : large;
  const bottom = measures.top + measures.depth;
  const height = bottom + (facts.hands == null ? 16 : 34);
  return frame(css, height, label, [
    channel(shape, measures),
    gates(shape, measures),
    labels(shape, minimum, optimum, stacked),
    hands(facts, bottom + 7, 11),
    time(facts, height - 6, 4.5),
  ]);
}

function frame(css: string, height: number, label: string, parts: string[]): string {
  return `<svg class="${escaped(css)}" width="100%" height="${height}" role="img" aria-label="${escaped(label)}">${parts.join('')}</svg>`;
}

function channel(shape: GaugeShape, m: Measures): string {
  const bottom = m.top + m.depth;
  const waters = shape.stretches.map((stretch) => water(stretch, m)).join('');
  const wall = `<path d="M1 ${m.top - 4}V${bottom}"/>`;
  const far_wall = `<svg x="100%" y="0" width="2" height="${bottom + 1}" overflow="visible"><path d="M-1 ${m.top - 4}V${bottom}"/></svg>`;
  return (
    `<rect class="g-bed" y="${m.top}" width="100%" height="${m.depth}"/>${waters}` +
    `<g class="g-wall">${wall}${far_wall}<line y1="${bottom}" x2="100%" y2="${bottom}"/></g>`
  );
}

/** A stretch of water: an inner picture as wide as the money, cutting one long wave. */
function water({ tone, from, to }: Stretch, m: Measures): string {
  const waves = Math.ceil(m.reach / m.wave / 2);
  const crest = `M0 ${m.swell * 2}q${m.wave / 2} ${-m.swell * 2} ${m.wave} 0${`t${m.wave} 0`.repeat(waves * 2 - 1)}V${m.depth + 6}H0z`;
  const y = m.top - m.swell;
  return (
    `<svg x="${from}%" y="${y}" width="${round(to - from)}%" height="${m.depth + m.swell}">` +
    `<path class="g-water is-${tone}" d="${crest}"/></svg>`
  );
}

/** A gate: closed, its board holds the water back; once reached, the board is lifted above the bank. */
function gates(shape: GaugeShape, m: Measures): string {
  const minimum = gate(shape.minimum, shape.minimum_reached, m);
  return shape.optimum === null ? minimum : minimum + gate(shape.optimum, shape.optimum_reached, m);
}

function gate(at: number, open: boolean, m: Measures): string {
  const bottom = m.top + m.depth;
  const big = m.depth > 20;
  const [beam, half, over] = big ? [m.top - 13, 5, 4] : [m.top - 7, 3.5, 2];
  const board = open ? { y: beam + 1, height: big ? 10 : 6 } : { y: m.top - 1, height: m.depth + 1 };
  return (
    `<svg x="${at}%" width="1" height="${bottom + 1}" overflow="visible" class="g-gate ${open ? 'is-open' : 'is-closed'}">` +
    `<rect class="g-board" x="${-half}" y="${board.y}" width="${half * 2}" height="${board.height}"/>` +
    `<path d="M${-half} ${bottom}V${beam}M${half} ${bottom}V${beam}M${-half - over} ${beam}H${half + over}"/></svg>`
  );
}

function labels(shape: GaugeShape, minimum: [string, string], optimum: [string, string], stacked: boolean): string {
  const room_at_left = shape.minimum > 34;
  const text = (at: number, shift: number, anchor: string, y: number, inner: string) =>
    `<svg x="${at}%" width="1" height="1" overflow="visible"><text x="${shift}" y="${y}" text-anchor="${anchor}">${inner}</text></svg>`;
  const lines = (label: [string, string]) =>
    `<tspan class="g-soft">${escaped(label[0])}</tspan> <tspan class="g-sum">${escaped(label[1])}</tspan>`;
  const two = (at: number, shift: number, anchor: string, label: [string, string]) =>
    text(at, shift, anchor, 14, `<tspan class="g-soft">${escaped(label[0])}</tspan>`) +
    text(at, shift, anchor, 31, `<tspan class="g-sum">${escaped(label[1])}</tspan>`);
  const [shift, anchor]: [number, string] = room_at_left ? [-12, 'end'] : [12, 'start'];
  if (shape.optimum === null) return two(shape.minimum, shift, anchor, minimum);
  if (!stacked) return two(shape.minimum, shift, anchor, minimum) + two(shape.optimum, -12, 'end', optimum);
  return (
    text(shape.optimum, 5, 'end', 14, lines(optimum)) + text(shape.minimum, room_at_left ? 5 : -5, anchor, 40, lines(minimum))
  );
}

/** The bank, hatched as far as hands were confirmed: a broad dashed line, leaning. */
function hands(facts: GaugeFacts, y: number, depth: number): string {
  if (facts.hands == null) return '';
  const share = Math.min(100, Math.max(0, Math.round(facts.hands * 1000) / 10));
  const middle = y + depth / 2;
  return (
    `<rect class="g-bank" x=".5" y="${y}" width="100%" height="${depth}"/>` +
    `<svg y="${y}" width="${share}%" height="${depth}"><line class="g-hands" x1="-12" x2="105%" y1="${depth / 2}" y2="${depth / 2}" ` +
    `stroke-width="${depth + 4}" transform="skewX(-38)"/></svg>${share > 0 ? `<svg x="${share}%" width="1" height="${middle + depth}" overflow="visible"><path class="g-end" d="M0 ${y}v${depth}"/></svg>` : ''}`
  );
}

function time(facts: GaugeFacts, y: number, dot: number): string {
  if (facts.time == null) return '';
  const share = Math.min(100, Math.max(0, Math.round(facts.time * 1000) / 10));
  const mark = dot > 0 ? `<circle class="g-dot" cx="${share}%" cy="${y}" r="${dot}"/>` : '';
  return `<line class="g-time" x2="100%" y1="${y}" y2="${y}"/><line class="g-time is-past" x2="${share}%" y1="${y}" y2="${y}"/>${mark}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
