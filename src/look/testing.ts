import type { Locale } from '../platform/i18n.ts';
import { makeVisit, type Visit } from '../visits/index.ts';
import { usual_look } from './node-look.ts';

/** A visit for the tests of components: the main node unless another kind is asked for. */
export function exampleVisit(
  locale: Locale = 'en',
  chosen: { path?: string; node?: Partial<Visit['node']>; person?: string } = {},
): Visit {
  const node = {
    id: '0',
    host_id: '0',
    slug: 'acequia',
    kind: 'main',
    domain: null,
    name: { en: 'Acequia' },
    tagline: {},
    about: {},
    terms: {},
    team: [],
    look: usual_look,
    locales: ['en', 'fr', 'es'],
    default_locale: 'en',
    time_zone: 'Europe/Madrid',
    currency: 'EUR',
    ...chosen.node,
  } as unknown as Visit['node'];
  const person = chosen.person
    ? ({ id: '1', name: chosen.person, email: 'ada@example.org' } as unknown as Visit['person'])
    : null;
  return makeVisit({
    node,
    locale,
    person,
    now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
    path: chosen.path ?? '/',
    origin: 'https://acequia.example',
    csrf: 'token',
  });
}
