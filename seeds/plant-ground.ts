import { newId } from '../src/kit/index.ts';
import type { Host, HostId, Node, NodeId } from '../src/nodes/index.ts';
import { json, sql, type Trx } from '../src/platform/db.ts';
import type { NodeSeed, References } from './shape.ts';

/** Reference tables: what projects choose from. */
export async function plantReferences(trx: Trx, references: References): Promise<void> {
  for (const c of references.categories)
    await sql`insert into categories (id, position, name) values (${c.id}, ${c.position}, ${json(c.name)})`.execute(trx);
  for (const c of references.commitments) {
    await sql`insert into commitments (id, position, name, goals) values (${c.id}, ${c.position}, ${json(c.name)}, ${c.goals})`.execute(
      trx,
    );
  }
  for (const g of references.goals) await sql`insert into goals (id, name) values (${g.id}, ${json(g.name)})`.execute(trx);
  for (const t of references.return_types)
    await sql`insert into return_types (id, position, name) values (${t.id}, ${t.position}, ${json(t.name)})`.execute(trx);
  for (const l of references.licences) {
    await sql`insert into licences (id, position, spdx, name, short_name, url, open_definition, osi, oshwa, non_commercial, no_derivatives, return_types)
      values (${l.id}, ${l.position}, ${l.spdx}, ${l.name.en}, ${l.short_name}, ${l.url}, ${l.open_definition}, ${l.osi}, ${l.oshwa}, ${l.non_commercial},
              ${l.no_derivatives}, ${l.return_types})`.execute(trx);
  }
}

export type PlantedNode = { id: string; host_id: string; slug: string; zone: string };

/** The nodes of the town, with their hosts. */
export async function plantNodes(trx: Trx, nodes: readonly NodeSeed[]): Promise<Map<string, PlantedNode>> {
  const hosts = new Map<string, HostId>();
  const planted = new Map<string, PlantedNode>();
  for (const node of nodes) {
    const host = hostFacts(node);
    const host_id = hosts.get(host.slug) ?? (await plantHost(trx, host));
    hosts.set(host.slug, host_id);
    const id = await plantNode(trx, { id: host_id, currency: host.currency }, nodeFacts(node));
    planted.set(node.slug, { id, host_id, slug: node.slug, zone: node.zone });
  }
  return planted;
}

export type HostFacts = Omit<Host, 'id'>;

export async function plantHost(trx: Trx, host: HostFacts): Promise<HostId> {
  const id = newId<'host'>();
  await sql`insert into hosts (id, slug, name, legal_form, country, currency, iban, account_holder, demonstration)
    values (${id}, ${host.slug}, ${host.name}, ${host.legal_form}, ${host.country}, ${host.currency}, ${host.iban}, ${host.account_holder},
            ${host.demonstration})`.execute(trx);
  return id;
}

/** `settings`: only what differs from the defaults. */
export type NodeFacts = Omit<Node, 'id' | 'host_id' | 'host' | 'currency' | 'domain' | 'settings'> & {
  settings: Readonly<Record<string, unknown>>;
};

/** A node, with the accounts it needs from its first day. Its currency is that of its host. */
export async function plantNode(trx: Trx, host: Pick<Host, 'id' | 'currency'>, node: NodeFacts): Promise<NodeId> {
  const id = newId<'node'>();
  await sql`insert into nodes (id, host_id, slug, kind, name, tagline, about, terms, team, look, locales, default_locale, time_zone, currency, settings)
    values (${id}, ${host.id}, ${node.slug}, ${node.kind}, ${json(node.name)}, ${json(node.tagline)}, ${json(node.about)}, ${json(node.terms)},
            ${json(node.team)}, ${json(node.look)}, ${node.locales}, ${node.default_locale}, ${node.time_zone}, ${host.currency},
            ${json(node.settings)})`.execute(trx);
  await sql`select account(${host.id}, 'tips', ${id}::text, ${host.currency}), account(${host.id}, 'fund', ${id}::text, ${host.currency})`.execute(
    trx,
  );
  return id;
}

function hostFacts({ host }: NodeSeed): HostFacts {
  const { slug, name, country, iban, holder, demonstration } = host;
  const legal_form = host.legal_form[country === 'ES' ? 'es' : 'fr'];
  return { slug, name, legal_form, country, currency: 'EUR', iban, account_holder: holder, demonstration };
}

function nodeFacts({ slug, kind, name, tagline, about, terms, team, locales, default_locale, ...node }: NodeSeed): NodeFacts {
  const { water, clay } = node.look;
  const look = { light: { water: water.light, clay: clay.light }, dark: { water: water.dark, clay: clay.dark } };
  const settings = { fee_bp: node.fee_basis_points };
  return { slug, kind, name, tagline, about, terms, team, look, locales, default_locale, time_zone: node.zone, settings };
}
