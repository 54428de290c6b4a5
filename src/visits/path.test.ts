import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { barePath, ownPath, pathnameOf, placeOf } from './path.ts';

describe('an address', () => {
  for (const [pathname, locale, node_slug, path] of [
    ['/', null, null, '/'],
    ['/en', 'en', null, '/'],
    ['/fr/', 'fr', null, '/'],
    ['/es/projects/x', 'es', null, '/projects/x'],
    ['/fr/n/euskadi', 'fr', 'euskadi', '/'],
    ['/fr/n/euskadi/projects/x', 'fr', 'euskadi', '/projects/x'],
    ['/fr/n', 'fr', null, '/n'],
    ['/fr/n/Euskadi/x', 'fr', null, '/n/Euskadi/x'],
    ['/english/x', null, null, '/english/x'],
    ['/de/x', null, null, '/de/x'],
    ['/n/euskadi', null, null, '/n/euskadi'],
  ] as const) {
    test(`${pathname} is ${locale}, ${node_slug}, ${path}`, () =>
      assert.deepEqual(placeOf(pathname), { locale, node_slug, path }));
  }

  test('is given to the router bare and decoded', () => {
    assert.equal(barePath(new Request('http://h/fr/n/euskadi/projects/%C3%A9t%C3%A9?x=1#y')), '/projects/été');
    assert.equal(pathnameOf('http://h:1/a/b?c=/d'), '/a/b');
    assert.equal(pathnameOf('http://h'), '/');
  });
});

describe('where next may lead', () => {
  for (const good of ['/', '/me', '/fr/projects/x?y=1#z', '/a/../b']) {
    test(`${good} is ours`, () => assert.notEqual(ownPath(good, 'no'), 'no'));
  }
  const bad = [
    '',
    'me',
    '//evil',
    '/\\evil',
    '\\\\evil',
    'https://evil',
    '/x/..//evil',
    '/.//evil',
    '/\tevil',
    '/\n/evil',
    'javascript:x',
    `/${'x'.repeat(600)}`,
  ];
  for (const next of [...bad, null, undefined, ['/me']]) {
    test(`${JSON.stringify(next)?.slice(0, 30)} is not`, () => assert.equal(ownPath(next, 'no'), 'no'));
  }
});
