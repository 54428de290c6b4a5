import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cover, cover_families, drawCover } from './cover.tsx';
import { usual_look } from './node-look.ts';

const slugs = Array.from({ length: 120 }, (_, index) => `project-${index}`);
const other_look = { ...usual_look, light: { water: 'oklch(0.45 0.1 160)', clay: 'oklch(0.5 0.15 20)' } };

test('a cover is the same for the same slug and colours, and another for others', () => {
  const once = String(Cover({ slug: 'foldarap', look: usual_look }));
  assert.equal(String(Cover({ slug: 'foldarap', look: { ...usual_look } })), once);
  assert.notEqual(String(Cover({ slug: 'foldarap-2', look: usual_look })), once);
  assert.notEqual(drawCover({ slug: 'foldarap', look: other_look }), drawCover({ slug: 'foldarap', look: usual_look }));
});

test('every family stays below 3 KB, draws with whole shapes, and speaks to nobody', () => {
  for (const family of cover_families) {
    for (const slug of slugs) {
      const drawn = String(Cover({ slug, look: usual_look, family, flows: true }));
      assert.ok(drawn.length <= 3_072, `${family} of ${slug}: ${drawn.length} bytes`);
      assert.doesNotMatch(drawn, /NaN|undefined|Infinity|style=|url\(|<text|\bid=/, `${family} of ${slug}`);
      assert.match(drawn, /aria-hidden="true"/);
    }
  }
});

test('slugs spread over all families and no two look alike', () => {
  const drawn = slugs.map((slug) => drawCover({ slug, look: usual_look }));
  assert.equal(new Set(drawn).size, slugs.length);
  const kept = cover_families.map(
    (family) => slugs.filter((slug, index) => drawCover({ slug, look: usual_look, family }) === drawn[index]).length,
  );
  assert.equal(
    kept.reduce((sum, n) => sum + n, 0),
    slugs.length,
  );
  assert.ok(Math.min(...kept) >= 4, `of ${slugs.length}: ${kept.join(', ')}`);
});

test('a picture of their own replaces the drawing', () => {
  const shown = String(Cover({ slug: 'a', look: null, picture: '/files/a"b.webp' }));
  assert.match(shown, /^<img [^>]*src="\/files\/a&quot;b\.webp" alt=""/);
});

test('a look that cannot be read draws in the usual colours', () => {
  assert.equal(drawCover({ slug: 'a', look: { light: 'x' } }), drawCover({ slug: 'a', look: null }));
});
