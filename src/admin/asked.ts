import type { Context } from 'hono';
import type { Gateways } from '../gateways/index.ts';
import { isId, refuse } from '../kit/index.ts';
import type { Db } from '../platform/db.ts';
import type { Deps } from '../platform/http.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { AppEnv } from '../visits/index.ts';
import type { Errors } from './forms.ts';
import { waitingFor } from './money-queries.ts';

export type C = Context<AppEnv>;
export type DeskDeps = Deps & { gateways: Gateways };

/** Who acts: the policy lets nobody in who is not signed in. */
export function actorOf(c: C): string {
  return c.get('visit').person?.id ?? refuse('not_yours', 403);
}

/** The id in the address; a text that is none belongs to a page that does not exist. */
export function idOf(c: C): string {
  const id = c.req.param('id') ?? '';
  return isId(id) ? id : refuse('address_cannot_be_read', 404);
}

/** The number of a page of a list. */
export function pageOf(c: C): number {
  return Number(/^[1-9]\d{0,3}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1);
}

/** What the page around a form says: 422 when something in it is wrong. */
export function pageFacts(c: C, title: MessageKey | { text: string }, errors: Errors = {}) {
  const text = typeof title === 'string' ? c.get('visit').t(title) : title.text;
  return { title: text, unlisted: true, status: Object.keys(errors).length > 0 ? (422 as const) : (200 as const) };
}

/** Whose money the treasurer of this visit looks after, and how much waits. The main node's host also sees what belongs to no known host. */
export async function treasury(c: C, db: Db) {
  const visit = c.get('visit');
  const host_id = visit.node.host.id;
  const nameless = visit.node.kind === 'main';
  return { visit, host_id, nameless, waiting: await waitingFor(db, host_id, nameless) };
}
