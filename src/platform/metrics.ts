import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One number, or several told apart by labels. */
export type Reading = number | { labels: Partial<Record<Label, string>>; value: number }[];

export type Metrics = {
  registry: Registry;
  /** One answered request. `route` is the pattern (`/projects/:slug`), never the address: addresses are endless. */
  answered(method: string, route: string, status: number, seconds: number): void;
  /** Adds one to a counter, which is made at its first use. */
  count(name: string, help: string, labels?: Partial<Record<Label, string>>): void;
  /** A number that is asked for when the page is read. A question that fails gives NaN instead of breaking the page. */
  gauge(name: string, help: string, ask: () => Promise<Reading>): void;
  /** How late the event loop was, at its worst hundredth, in the last ten to twenty seconds. */
  loopDelayMs(): number;
  close(): void;
};

/** Labels may have few values each, or Prometheus drowns. */
const label_names = ['name', 'kind', 'state', 'node', 'gateway', 'currency'] as const;
type Label = (typeof label_names)[number];

const window_ms = 10_000;

/** Numbers of this process and of its answers; `pages` tells how often a kept page was given. */
export function openMetrics(pages?: () => { hits: number; misses: number }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const http = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer, by method, route and kind of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const counters = new Map<string, Counter>();
  const loop = watchLoop();
  const metrics: Metrics = {
    registry,
    answered: (method, route, status, seconds) =>
      http.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
    count(name, help, labels = {}) {
      const counter = counters.get(name) ?? new Counter({ name, help, labelNames: label_names, registers: [registry] });
      counters.set(name, counter);
      counter.inc(labels);
    },
    gauge: (name, help, ask) => addGauge(registry, name, help, ask),
    loopDelayMs: loop.delayMs,
    close: loop.close,
  };
  if (pages)
    metrics.gauge('kept_pages', 'Pages for strangers: given from memory, or made.', () => Promise.resolve(keptPages(pages())));
  return metrics;
}

function keptPages({ hits, misses }: { hits: number; misses: number }): Reading {
  return [
    { labels: { kind: 'hit' }, value: hits },
    { labels: { kind: 'miss' }, value: misses },
  ];
}

function watchLoop(): { delayMs(): number; close(): void } {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let last_ms = 0;
  const timer = setInterval(() => {
    last_ms = histogram.percentile(99) / 1e6;
    histogram.reset();
  }, window_ms).unref();
  return {
    delayMs: () => Math.max(last_ms, histogram.count > 0 ? histogram.percentile(99) / 1e6 : 0),
    close() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

function addGauge(registry: Registry, name: string, help: string, ask: () => Promise<Reading>): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: label_names,
    registers: [registry],
    async collect() {
      const answer = await ask().catch(() => Number.NaN);
      gauge.reset();
      if (typeof answer === 'number') gauge.set(answer);
      else for (const { labels, value } of answer) gauge.set(labels, value);
    },
  });
}
