import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explorePath, readWish, sortOf } from './explore-wish.ts';

const read = (query: string) => readWish(new URLSearchParams(query));

test('an address says what is wished', () => {
  const wish = read('q=huerto+urbano&category=ecology&state=open&needs=hands&sort=newest&page=3&view=map');
  assert.deepEqual(
    [wish.q, wish.category, wish.state, wish.needs, wish.sort, wish.page, wish.view],
    ['huerto urbano', 'ecology', 'open', 'hands', 'newest', 3, 'map'],
  );
});

test('what makes no sense is as if it had not been said', () => {
  for (const [query, name, value] of [
    ['state=OPEN', 'state', null],
    ['needs=love', 'needs', null],
    ['sort=price', 'sort', null],
    ['page=-1', 'page', 1],
    ['page=1e9', 'page', 1],
    ['page=99999', 'page', 1],
    ['page=999', 'page', 42],
    ['category=%27%3B+drop', 'category', null],
    ['category=', 'category', null],
    [`category=${'x'.repeat(200)}`, 'category', null],
    ['place=pays-de-la-loire', 'place', 'pays-de-la-loire'],
    ['place=Ωmega', 'place', 'Ωmega'],
    ['view=hologram', 'view', null],
  ] as const) {
    assert.equal(read(query)[name], value, query);
  }
});

test('of a filter said twice the last word counts', () => {
  assert.equal(read('category=culture&category=ecology').category, 'ecology');
  assert.equal(read('category[]=culture').category, null);
});

test('words are cut, made plain, and hold nothing a database cannot', () => {
  assert.equal(read('q=%00a%00b').q, 'a b');
  assert.equal(read('q=++a%09b%0a++').q, 'a b');
  assert.equal([...read(`q=${'é'.repeat(5_000)}`).q].length, 120);
  assert.equal(readWish(new URLSearchParams([['q', 'x\ud800y']])).q.isWellFormed(), true);
});

test('the order is by words when there are some', () => {
  assert.deepEqual(
    [sortOf(read('')), sortOf(read('q=a')), sortOf(read('sort=relevance')), sortOf(read('q=a&sort=soon'))],
    ['soon', 'relevance', 'soon', 'soon'],
  );
});

test('an address that was read can be written and read again', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('q', 'category', 'place', 'state', 'needs', 'licence', 'ends', 'sort', 'view', 'page', 'node'),
        fc.string(),
      ),
      (said) => {
        const wish = readWish(new URLSearchParams(said));
        const again = readWish(new URLSearchParams(explorePath(wish, { page: wish.page }).split('?')[1] ?? ''));
        assert.deepEqual(again, wish);
      },
    ),
  );
});

test('a change begins at the first page', () => {
  assert.equal(explorePath(read('q=a&page=3'), { category: 'culture' }), '/explore?q=a&category=culture');
  assert.equal(explorePath(read('page=3'), { page: 4 }), '/explore?page=4');
});
