import { type Currency, daysLeft, shareElapsed } from '../kit/index.ts';
import type { CardProject } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import { type Db, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import { type Figures, raisedBy, roundStart } from '../projects/index.ts';
import type { Visit } from '../visits/index.ts';

/** What a card says of a project and its latest published campaign. */
export type Listed = Figures & {
  project_id: string;
  campaign_id: string;
  node_id: string;
  slug: string;
  locale: Locale;
  title: Texts;
  claim: Texts;
  cover: string | null;
  place: string;
  latitude: number | null;
  longitude: number | null;
  companion: string | null;
  demonstration: boolean;
  currency: string;
  time_zone: string;
  minimum_cents: bigint;
  optimum_cents: bigint;
  opened_at: Temporal.Instant;
  ends_at: Temporal.Instant | null;
  secured_at: Temporal.Instant | null;
  round_one_ended_at: Temporal.Instant | null;
  closed_at: Temporal.Instant | null;
  hands: number;
  licences: string[];
};

/** The facts of these projects, in this order. Those that are not public are left out. */
export function listedProjects(db: Db, project_ids: readonly string[]): Promise<Listed[]> {
  return rows<Listed>(
    db,
    sql`select p.id as project_id, c.id as campaign_id, p.node_id, p.slug, p.locale, p.title, p.claim, p.cover, p.place, p.latitude, p.longitude,
               p.companion ->> 'name' as companion, p.demonstration, c.state, c.currency, c.time_zone, c.minimum_cents, c.optimum_cents,
               c.opened_at, c.ends_at, c.secured_at, c.round_one_ended_at, c.closed_at, c.closing_pledged_cents, c.closing_contributions,
               c.final_collected_cents, coalesce(t.secured_cents, 0) as secured_cents, coalesce(t.collected_cents, 0) as collected_cents,
               coalesce(t.declined_cents, 0) as declined_cents, coalesce(t.contributions, 0) as contributions, l.hands, l.licences
          from unnest(${project_ids}::uuid[]) with ordinality as wanted(id, position)
          join listings l on l.project_id = wanted.id
          join projects p on p.id = l.project_id
          join campaigns c on c.id = l.campaign_id
          left join campaign_totals t on t.campaign_id = c.id
         order by wanted.position`,
  );
}

/** The card of a project, in the words of this visit. */
export function cardOf(visit: Visit, nodes: readonly Node[], listed: Listed): CardProject {
  const node = nodes.find((each) => each.id === listed.node_id) ?? visit.node;
  const title = visit.text(listed.title, listed.locale);
  return {
    href: visit.toNode(node, `/projects/${listed.slug}`),
    slug: listed.slug,
    title: title.text,
    claim: visit.text(listed.claim, listed.locale).text,
    lang: title.lang,
    place: listed.place,
    node_name: node.id === visit.node.id || node.kind === 'main' ? undefined : visit.text(node.name, node.default_locale).text,
    companion: listed.companion ?? undefined,
    picture: listed.cover,
    look: node.look,
    demonstration: listed.demonstration,
    gauge: gaugeOf(visit, listed),
    currency: listed.currency as Currency,
    when: whenOf(visit, listed),
    hands_wanted: listed.hands,
    licences: listed.licences,
  };
}

function gaugeOf(visit: Visit, listed: Listed): CardProject['gauge'] {
  const raised = raisedBy(listed);
  const went_back = listed.state === 'failed' || listed.state === 'stopped';
  const start = roundStart(listed);
  return {
    minimum_cents: listed.minimum_cents,
    optimum_cents: listed.optimum_cents,
    collected_cents: raised.collected_cents,
    secured_cents: went_back ? raised.raised_cents : raised.secured_cents,
    declined_cents: raised.declined_cents,
    collecting: listed.state === 'collecting',
    time: start && listed.ends_at ? shareElapsed(start, listed.ends_at, visit.now) : null,
  };
}

/** How much time is left, or how it ended. */
export function whenOf(visit: Visit, listed: Pick<Listed, 'state' | 'ends_at' | 'closed_at' | 'time_zone'>): string {
  const { t } = visit;
  const n = listed.ends_at ? daysLeft(visit.now, listed.ends_at, listed.time_zone) : 0;
  switch (listed.state) {
    case 'round_one':
      return t('explore.when_round_one', { n });
    case 'round_two':
      return t('explore.when_round_two', { n });
    case 'collecting':
      return t('explore.when_collecting');
    case 'open':
      return t('explore.when_open');
    default: {
      const year = listed.closed_at?.toZonedDateTimeISO(listed.time_zone).year;
      const state = t.maybe(`look.campaign_${listed.state}`) ?? listed.state;
      return year ? t('explore.when_over', { state, year: String(year) }) : state;
    }
  }
}
