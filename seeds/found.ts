import { auditAct } from '../src/activity/index.ts';
import { forgetNodes } from '../src/nodes/index.ts';
import { type Db, row, run, sql, type Trx, transact } from '../src/platform/db.ts';
import type { Founding } from './founding.ts';
import { plantHost, plantNode, plantReferences } from './plant-ground.ts';
import { readReferences } from './read.ts';

/**
 * Founds an installation, once: the reference tables, its first host, its main node with the accounts it needs, and the audit rows that say
 * so. All of it, or nothing. Of two who found at the same moment, the second is refused.
 * @throws Error whose sentence says what stands here already
 */
export async function found(db: Db, { host, node }: Founding): Promise<void> {
  await transact(db, async (trx) => {
    await refuseSecond(trx);
    await plantReferences(trx, readReferences());
    const host_id = await plantHost(trx, host);
    const node_id = await plantNode(trx, { id: host_id, currency: host.currency }, node);
    const act = { actor_id: null, reason: 'command line' };
    const { iban, ...told } = host;
    await auditAct(trx, {
      ...act,
      act: 'host_founded',
      target_kind: 'host',
      target_id: host_id,
      after: { ...told, iban_ends: iban.slice(-4) },
    });
    await auditAct(trx, {
      ...act,
      act: 'node_founded',
      target_kind: 'node',
      target_id: node_id,
      after: { slug: node.slug, kind: node.kind },
    });
  });
  forgetNodes(db);
}

async function refuseSecond(trx: Trx): Promise<void> {
  await run(trx, sql`lock table nodes in share row exclusive mode`);
  const standing = await row<{ slug: string }>(trx, sql`select slug from nodes order by kind <> 'main', created_at limit 1`);
  if (standing)
    throw new Error(
      `This installation is founded already: its node is "${standing.slug}". Nothing was changed. Another installation needs a database of its own.`,
    );
}
