import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { speak } from '../src/platform/i18n.ts';
import { atEnd } from '../src/platform/testing.ts';
import type { Browser, Read } from '../src/visits/testing.ts';
import { type Place, visitorOf } from './server-process.ts';

/** One answer as a visitor got it. `wrong`: what a visitor should never see, or null. */
export type Answer = { path: string; at_ms: number; took_ms: number; status: number | null; wrong: string | null };

/** People who read and give at the same time, and ask again when they are told to come back, or hear nothing. */
export type Crowd = {
  answers: Answer[];
  /** Requests that wait for their answer. */
  waiting(): number;
  /** Addresses of givers whose contribution was acknowledged, by what they heard last. */
  begun: Set<string>;
  paid: Set<string>;
  thanked: Set<string>;
  /** While held back, nobody asks for anything more: as when a balancer sends people elsewhere. */
  holdBack(yes: boolean): void;
  /** Nobody begins anything new; resolves when everybody has finished what they were at. */
  goHome(): Promise<void>;
};

type Wish = {
  /** Addresses of projects, without language. */
  projects: readonly string[];
  pages: readonly string[];
  givers: number;
  readers: number;
  /** How many contributions each giver makes at most, one after the other. */
  gifts_each: number;
  /** Their browsers keep connections open. */
  keep?: boolean;
};

const t = speak('en');
const attempts_max = 200;
const looks_max = 50;
const pages_max = 2_000;
export const crowd_name = 'Marta Cano';

export function gatherCrowd(place: Place, wish: Wish): Crowd {
  let waiting = 0;
  let held_back = false;
  let over = false;
  let gone = false;
  atEnd(() => (gone = true));
  const answers: Answer[] = [];
  const [begun, paid, thanked] = [new Set<string>(), new Set<string>(), new Set<string>()];

  /** Until somebody answers: what got no answer, or a "not now", is asked again. */
  const ask = async (path: string, request: () => Promise<Read>): Promise<Read> => {
    for (let attempt = 0; attempt < attempts_max; attempt += 1) {
      while (held_back && !gone) await sleep(20);
      assert.ok(!gone, 'the story is over');
      const at_ms = performance.now();
      waiting += 1;
      const read = await request().catch((error: Error) => error);
      waiting -= 1;
      const took_ms = performance.now() - at_ms;
      answers.push({ path, at_ms, took_ms, status: read instanceof Error ? null : read.status, wrong: whatIsWrong(read) });
      if (!(read instanceof Error) && read.status < 500) return read;
      await sleep(100);
    }
    return assert.fail(`nobody answers at ${path}`);
  };

  const give = async (project: string, email: string) => {
    const guest = visitorOf(place, wish.keep);
    const opened = await ask('the form', () => guest.get(`/en${project}/contribute`));
    const form_key = /name="form_key" value="([^"]*)"/.exec(opened.text)?.[1] ?? '';
    const form = { amount: '2000', method: 'sandbox', wish: 'needed', name: crowd_name, email, form_key };
    const start = await ask('the gift', () => guest.post(`/en${project}/contribute`, form));
    assert.match(start.location ?? '', /\/sandbox\/pay\//, start.text.slice(0, 2_000));
    begun.add(email);
    const back = await ask('the card', () => guest.post(start.location ?? '', { card: '4242424242424242' }));
    paid.add(email);
    await thank(guest, back, email);
  };
  const thank = async (guest: Browser, back: Read, email: string) => {
    let returned = await ask('the way back', () => guest.follow(back));
    let page = await ask('the thanks', () => guest.follow(returned));
    // The payment company could not be asked: the page says how to look again.
    for (let look = 0; look < looks_max && page.text.includes(t('contribution.no_word_title')); look += 1) {
      await sleep(200);
      const again = /href="([^"]*\/return[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      returned = await ask('the way back', () => guest.get(again));
      page = await ask('the thanks', () => guest.follow(returned));
    }
    assert.ok(page.text.includes(t('contribution.thanks', { name: crowd_name })), plain(page));
    thanked.add(email);
  };
  const giver = async (number: number) => {
    for (let gift = 0; gift < wish.gifts_each && !over; gift += 1) {
      const project = wish.projects[(number + gift) % wish.projects.length] ?? '';
      await give(project, `crowd-${number}-${gift}@example.org`);
    }
  };
  const reader = async (number: number) => {
    const guest = visitorOf(place, wish.keep);
    for (let page = number; page < pages_max && !over; page += 1) {
      const path = wish.pages[page % wish.pages.length] ?? '/';
      // Every other page is one that nobody kept in memory.
      const read = await ask(path, () => guest.get(`/en${path}${page % 2 ? `?n=${number}-${page}` : ''}`));
      assert.equal(read.status, 200, `${path} gives ${read.status}`);
    }
  };
  const everybody = Promise.all([
    ...Array.from({ length: wish.givers }, (_, number) => giver(number)),
    ...Array.from({ length: wish.readers }, (_, number) => reader(number)),
  ]);
  // Whoever fails is heard in `goHome`.
  everybody.catch(() => undefined);
  return {
    answers,
    waiting: () => waiting,
    begun,
    paid,
    thanked,
    holdBack: (yes) => (held_back = yes),
    async goHome() {
      over = true;
      held_back = false;
      await everybody;
    },
  };
}

function plain(page: Read): string {
  return `${page.status} ${page.text
    .slice(page.text.indexOf('<main'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 1_000)}`;
}

/** What nobody should see: no answer at all, or a mishap that is not a kind page which says when to come back. */
function whatIsWrong(read: Read | Error): string | null {
  if (read instanceof Error) return `${read.name} ${'code' in read ? read.code : read.message}`;
  if (read.status < 500) return null;
  const kind = read.headers.get('retry-after') !== null && read.text.includes(t('sign.page_503_title'));
  return read.status === 503 && kind ? null : `${read.status} ${read.text.slice(0, 500)}`;
}
