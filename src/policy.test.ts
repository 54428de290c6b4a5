import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newId } from './kit/index.ts';
import { plantNode } from './nodes/testing.ts';
import type { Role } from './people/index.ts';
import { plantPerson, sessionCookieFor } from './people/testing.ts';
import { testDb } from './platform/testing.ts';
import { policy, type Rule, type Who } from './policy.ts';
import { testApp } from './testing-app.ts';

const { db } = await testDb();
const app = testApp(db);
const { config } = app;
const in_production = testApp(db, { config: { ...config, production: true } });

type Visitor = { name: string; cookie: string | null; may: readonly Who[] };
const visitors: Visitor[] = [];

before(async () => {
  const here = await plantNode(db);
  const there = await plantNode(db, { slug: 'elsewhere' });
  const of = (role: Role['role'], scope: Role['scope'], scope_id: string | null): Role => ({ role, scope, scope_id });
  const everyone: readonly Who[] = ['anyone', 'holder', 'development'];
  const known: readonly Who[] = [...everyone, 'signed_in'];
  const cast: readonly [string, readonly Role[], readonly Who[]][] = [
    ['other person', [], known],
    ['promoter', [of('promoter', 'project', newId())], known],
    ['companion', [of('companion', 'node', here.id)], known],
    ['reviewer', [of('reviewer', 'node', here.id)], known],
    ['editor', [of('editor', 'node', here.id)], known],
    ['moderator', [of('moderator', 'node', here.id)], known],
    ['steward of another node', [of('steward', 'node', there.id)], known],
    ['treasurer of another host', [of('treasurer', 'host', there.host.id)], known],
    ['auditor', [of('auditor', 'installation', null)], known],
    ['steward', [of('steward', 'node', here.id)], [...known, 'steward']],
    ['treasurer', [of('treasurer', 'host', here.host.id)], [...known, 'treasurer']],
    ['operator', [of('operator', 'installation', null)], [...known, 'operator']],
  ];
  visitors.push({ name: 'nobody', cookie: null, may: everyone });
  for (const [name, roles, may] of cast) {
    const person = await plantPerson(db, { name, roles });
    visitors.push({ name, cookie: await sessionCookieFor(db, config, person.id), may });
  }
});

/** A request that does nothing: forms are sent from nowhere, so that whoever is let in is stopped right behind the door. */
async function knock(rule: Rule, visitor: Visitor, building = app): Promise<{ status: number; error: string; location: string }> {
  const path = rule.path.replace(/:[a-z_]+(\{[^}]*\})?/g, newId()).replace('*', 'nothing.css');
  const request = new Request(`http://localhost:3000${rule.machines ? '' : '/en'}${path === '/' ? '' : path}`, {
    method: rule.method,
    headers: { accept: 'application/json', ...(visitor.cookie ? { cookie: visitor.cookie } : {}) },
  });
  const answer = await building.fetch(request, {});
  const text = await answer.text();
  const error = answer.headers.get('content-type')?.includes('json')
    ? String((JSON.parse(text) as { error?: string }).error)
    : '';
  return { status: answer.status, error, location: answer.headers.get('location') ?? '' };
}

describe('the table', () => {
  const routes = app.routes.routes.filter((route) => route.method !== 'ALL').map((route) => `${route.method} ${route.path}`);

  test('names every route', () => {
    const named = new Set(policy.map((rule) => `${rule.method} ${rule.path}`));
    assert.deepEqual(
      [...new Set(routes)].filter((route) => !named.has(route)),
      [],
    );
  });

  test('names no route that is not there, and none twice', () => {
    const there = new Set(routes);
    assert.deepEqual(
      policy.map((rule) => `${rule.method} ${rule.path}`).filter((route) => !there.has(route)),
      [],
    );
    assert.equal(new Set(policy.map((rule) => `${rule.method} ${rule.path}`)).size, policy.length);
  });

  test('keeps what machines ask for out of the reach of roles', () => {
    assert.deepEqual(
      policy.filter((rule) => rule.machines && !['anyone', 'holder'].includes(rule.who)),
      [],
    );
  });
});

describe('every route, asked for by every kind of visitor', () => {
  for (const rule of policy) {
    test(`${rule.method} ${rule.path}: ${rule.who}`, async () => {
      for (const visitor of visitors) {
        const { status, error, location } = await knock(rule, visitor);
        const said = `${visitor.name}: ${status} ${error} ${location}`;
        const sent_to_sign_in = status === 303 && location.startsWith('/en/sign-in?next=');
        assert.ok(status < 500 || rule.path === '/ready', said);
        if (visitor.may.includes(rule.who)) {
          assert.ok(!sent_to_sign_in && error !== 'not_yours', said);
          if (rule.method === 'POST' && !rule.machines) assert.equal(error, 'form_is_from_elsewhere', said);
        } else if (visitor.cookie === null) assert.ok(sent_to_sign_in, said);
        else assert.deepEqual([status, error], [403, 'not_yours'], said);
      }
    });
  }

  test('what is for development does not exist in production', async () => {
    for (const rule of policy.filter((each) => each.who === 'development')) {
      for (const visitor of visitors)
        assert.equal((await knock(rule, visitor, in_production)).status, 404, `${rule.path} ${visitor.name}`);
    }
  });
});
