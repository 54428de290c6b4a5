import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMetrics } from './metrics.ts';
import { atEnd } from './testing.ts';

const metrics = openMetrics(() => ({ hits: 3, misses: 1 }));
atEnd(metrics.close);

test('answers are counted by pattern and kind of status', async () => {
  metrics.answered('GET', '/projects/:slug', 200, 0.012);
  metrics.answered('GET', '/projects/:slug', 503, 2);
  const text = await metrics.registry.metrics();
  assert.match(text, /http_request_seconds_count\{method="GET",route="\/projects\/:slug",status="2xx"\} 1/);
  assert.match(text, /http_request_seconds_bucket\{le="0.005",method="GET",route="\/projects\/:slug",status="2xx"\} 0/);
  assert.match(text, /status="5xx"\} 1/);
});

test('numbers of money are asked for when the page is read, and one that fails breaks nothing', async () => {
  let wallets = 5;
  metrics.gauge('wallets_cents', 'What people have in their wallets.', () =>
    Promise.resolve([{ labels: { currency: 'EUR' }, value: wallets }]),
  );
  metrics.gauge('imbalance_cents', 'What must be zero.', () => Promise.reject(new Error('no database')));
  assert.match(await metrics.registry.metrics(), /wallets_cents\{currency="EUR"\} 5/);
  wallets = 7;
  const text = await metrics.registry.metrics();
  assert.match(text, /wallets_cents\{currency="EUR"\} 7/);
  assert.match(text, /imbalance_cents Nan/i);
  assert.match(text, /kept_pages\{kind="hit"\} 3/);
  assert.match(text, /process_resident_memory_bytes \d/);
});

test('a counter is made at its first use', async () => {
  metrics.count('refusals', 'Refused, by code.', { name: 'round_is_closed' });
  metrics.count('refusals', 'Refused, by code.', { name: 'round_is_closed' });
  assert.match(await metrics.registry.metrics(), /refusals\{name="round_is_closed"\} 2/);
});

test('a blocked event loop is noticed', async () => {
  await new Promise((done) => setTimeout(done, 60));
  const until = performance.now() + 150;
  while (performance.now() < until);
  await new Promise((done) => setTimeout(done, 60));
  assert.ok(metrics.loopDelayMs() > 100, `${metrics.loopDelayMs()}`);
});
