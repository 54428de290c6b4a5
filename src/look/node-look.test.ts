import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, mix, type Oklch } from './colour.ts';
import { checkLook, type NodeLook, nodeCss, usual_look } from './node-look.ts';
import { readTokens, type Scheme } from './tokens.ts';

const schemes: Scheme[] = ['light', 'dark'];

function token(scheme: Scheme, name: string): Oklch {
  const found = readTokens(scheme).get(name);
  assert.ok(found, `${name} is written in css/tokens.css`);
  return found;
}

/** The grounds on which text stands, the washes mixed as the style sheet mixes them. */
function grounds(scheme: Scheme): [string, Oklch][] {
  const sheet = token(scheme, 'sheet');
  const wash = (name: string, share: number): [string, Oklch] => [`${name}-wash`, mix(token(scheme, name), share, sheet)];
  const plain = ['paper', 'sheet', 'sunk'].map((name): [string, Oklch] => [name, token(scheme, name)]);
  const bed: [string, Oklch] = ['bed', mix(token(scheme, 'chalk'), 0.55, sheet)];
  return [...plain, bed, wash('water', 0.09), wash('clay', 0.09), wash('reed', 0.11), wash('sun', 0.2), wash('alarm', 0.08)];
}

for (const scheme of schemes) {
  test(`${scheme}: ink, muted and links are readable on every ground`, () => {
    for (const [ground, under] of grounds(scheme)) {
      for (const text of ['ink', 'muted', 'water']) {
        const ratio = contrast(token(scheme, text), under);
        assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`${scheme}: coloured words are readable where they stand`, () => {
    for (const [text, ground] of [
      ['alarm', 'paper'],
      ['alarm', 'sheet'],
      ['reed', 'paper'],
      ['reed', 'sheet'],
      ['on-clay', 'clay'],
      ['on-sun', 'sun'],
      ['paper', 'ink'],
      ['sheet', 'alarm'],
    ] as const) {
      const ratio = contrast(token(scheme, text), token(scheme, ground));
      assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
    }
    const alarm = token(scheme, 'alarm');
    assert.ok(contrast(alarm, mix(alarm, 0.08, token(scheme, 'sheet'))) >= 4.5, 'alarm on its own wash');
    const water_glyph = mix(token(scheme, 'water'), 0.28, token(scheme, 'sheet'));
    assert.ok(contrast(token(scheme, 'water'), water_glyph) >= 3, 'large figures on water');
  });

  test(`${scheme}: edges of controls, focus and the action stand out`, () => {
    for (const mark of ['edge', 'focus', 'clay']) {
      for (const ground of ['paper', 'sheet']) {
        const ratio = contrast(token(scheme, mark), token(scheme, ground));
        assert.ok(ratio >= 3, `${mark} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}

test('the usual look is the one of the style sheet, and may be used', () => {
  assert.deepEqual(checkLook(usual_look), []);
  for (const scheme of schemes) {
    for (const name of ['water', 'clay'] as const) {
      const { l, c, h } = token(scheme, name);
      assert.equal(usual_look[scheme][name], `oklch(${l} ${c} ${h})`);
    }
  }
});

test('what cannot be read is refused with the place where', () => {
  const look = (change: Partial<NodeLook>): NodeLook => ({ ...usual_look, ...change });
  assert.deepEqual(checkLook(look({ light: { water: 'oklch(0.8 0.09 220)', clay: usual_look.light.clay } })), [
    'light_water_unreadable_on_paper',
    'light_water_unreadable_on_sheet',
  ]);
  assert.deepEqual(checkLook(look({ light: { water: usual_look.light.water, clay: 'oklch(0.7 0.14 38)' } })), [
    'light_clay_too_close_to_paper',
    'light_clay_too_close_to_sheet',
    'light_text_unreadable_on_clay',
  ]);
  assert.deepEqual(checkLook(look({ dark: { water: 'blue', clay: usual_look.dark.clay } })), ['dark_water_is_not_a_colour']);
  assert.deepEqual(checkLook(look({ light: { water: 'oklch(0.8 0.09 220)', clay: '' } })), [
    'light_clay_is_not_a_colour',
    'light_water_unreadable_on_paper',
    'light_water_unreadable_on_sheet',
  ]);
  for (const nothing of [null, {}, { light: {} }, 'x']) assert.ok(checkLook(nothing).length > 0);
});

test('nothing but checked colours enters a style sheet', () => {
  assert.match(nodeCss(usual_look), /^@layer tokens\{:root\{--water:light-dark\(oklch\([\d. ]+\),oklch\([\d. ]+\)\);--clay:/);
  assert.equal(nodeCss({ ...usual_look, light: { water: 'oklch(0.4 0.1 200)}body{display:none', clay: 'x' } }), '');
});
