import { newId } from '../src/kit/index.ts';
import { json, sql, type Trx } from '../src/platform/db.ts';
import type { NodeSeed, Seeds } from './shape.ts';

/** Reference tables: what projects choose from. */
export async function plantReferences(trx: Trx, seeds: Seeds): Promise<void> {
  for (const c of seeds.categories)
    await sql`insert into categories (id, position, name) values (${c.id}, ${c.position}, ${json(c.name)})`.execute(trx);
  for (const c of seeds.commitments) {
    await sql`insert into commitments (id, position, name, goals) values (${c.id}, ${c.position}, ${json(c.name)}, ${c.goals})`.execute(
      trx,
    );
  }
  for (const g of seeds.goals) await sql`insert into goals (id, name) values (${g.id}, ${json(g.name)})`.execute(trx);
  for (const t of seeds.return_types)
    await sql`insert into return_types (id, position, name) values (${t.id}, ${t.position}, ${json(t.name)})`.execute(trx);
  for (const l of seeds.licences) {
    await sql`insert into licences (id, position, spdx, name, short_name, url, open_definition, osi, oshwa, non_commercial, no_derivatives, return_types)
      values (${l.id}, ${l.position}, ${l.spdx}, ${l.name.en}, ${l.short_name}, ${l.url}, ${l.open_definition}, ${l.osi}, ${l.oshwa}, ${l.non_commercial},
              ${l.no_derivatives}, ${l.return_types})`.execute(trx);
  }
}

export type PlantedNode = { id: string; host_id: string; slug: string; zone: string };

/** Nodes with their hosts; accounts that a node needs from its first day. */
export async function plantNodes(trx: Trx, nodes: readonly NodeSeed[]): Promise<Map<string, PlantedNode>> {
  const hosts = new Map<string, string>();
  const planted = new Map<string, PlantedNode>();
  for (const node of nodes) {
    const host_id = hosts.get(node.host.slug) ?? newId<'host'>();
    if (!hosts.has(node.host.slug)) {
      hosts.set(node.host.slug, host_id);
      const { host } = node;
      await sql`insert into hosts (id, slug, name, legal_form, country, currency, iban, account_holder, demonstration)
        values (${host_id}, ${host.slug}, ${host.name}, ${host.legal_form[host.country === 'ES' ? 'es' : 'fr']}, ${host.country}, 'EUR', ${host.iban},
                ${host.holder}, ${host.demonstration})`.execute(trx);
    }
    const id = newId<'node'>();
    const look = {
      light: { water: node.look.water.light, clay: node.look.clay.light },
      dark: { water: node.look.water.dark, clay: node.look.clay.dark },
    };
    await sql`insert into nodes (id, host_id, slug, kind, name, tagline, about, terms, team, look, locales, default_locale, time_zone, settings)
      values (${id}, ${host_id}, ${node.slug}, ${node.kind}, ${json(node.name)}, ${json(node.tagline)}, ${json(node.about)}, ${json(node.terms)},
              ${json(node.team)}, ${json(look)}, ${node.locales}, ${node.default_locale}, ${node.zone}, ${json({ fee_bp: node.fee_basis_points })})`.execute(
      trx,
    );
    await sql`select account(${host_id}, 'tips', ${id}::text, 'EUR'), account(${host_id}, 'fund', ${id}::text, 'EUR')`.execute(
      trx,
    );
    planted.set(node.slug, { id, host_id, slug: node.slug, zone: node.zone });
  }
  return planted;
}
