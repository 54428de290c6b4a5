import { dayOf } from '../kit/index.ts';
import type { Node } from '../nodes/index.ts';
import { allNodes } from '../nodes/index.ts';
import { type Db, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import { type Books, books } from '../stats/index.ts';
import type { Visit } from '../visits/index.ts';
import { type CommonsLine, commonsLately } from './commons-find.ts';
import { type Listed, listedProjects } from './explore-cards.ts';

/** A hand that is wanted, with the project that asks for it. */
export type Wanted = {
  id: string;
  type: string;
  title: Texts;
  quantity: string;
  unit: string;
  place: string | null;
  remote: boolean;
  slug: string;
  project_title: Texts;
  locale: Locale;
  node_id: string;
};

export type HomeFacts = {
  books: Books;
  nodes: readonly Node[];
  /** Drawn by lot: everybody gets a turn at the top. */
  live: Listed[];
  wanted: Wanted[];
  lately: CommonsLine[];
  /** What ended last, for a place where nothing is open. */
  past: Listed[];
};

const cards_max = 6;
const wanted_max = 6;

/** Everything the first page of a node shows. The main node's shows the whole network. */
export async function homeFacts(db: Db, visit: Visit): Promise<HomeFacts> {
  const node = visit.node.kind === 'main' ? null : visit.node;
  const tag = node ? `node:${node.slug}` : null;
  const lot = dayOf(visit.now, visit.node.time_zone).toString();
  const [all, nodes, live, wanted, lately] = await Promise.all([
    books(db),
    allNodes(db),
    drawnByLot(db, tag, lot).then((ids) => listedProjects(db, ids)),
    handsWanted(db, tag, lot),
    commonsLately(db, node?.id ?? null, 4),
  ]);
  const past = live.length > 0 ? [] : await endedLast(db, tag).then((ids) => listedProjects(db, ids));
  return { books: all, nodes, live, wanted, lately, past };
}

/** Live campaigns in the order of the day's lot: another one each day, the same for everybody. */
async function drawnByLot(db: Db, tag: string | null, lot: string): Promise<string[]> {
  const drawn = await rows<{ project_id: string }>(
    db,
    sql`select project_id from listings where live and (${tag}::text is null or tags @> array[${tag}::text])
         order by md5(project_id::text || ${lot}::text) limit ${cards_max}::int`,
  );
  return drawn.map((each) => each.project_id);
}

async function endedLast(db: Db, tag: string | null): Promise<string[]> {
  const ended = await rows<{ project_id: string }>(
    db,
    sql`select project_id from listings where not live and tags @> array_remove(array['state:funded', ${tag}::text], null) order by turn limit 3`,
  );
  return ended.map((each) => each.project_id);
}

/** One ask of each project at most, in the order of the day's lot. */
function handsWanted(db: Db, tag: string | null, lot: string): Promise<Wanted[]> {
  return rows<Wanted>(
    db,
    sql`select * from (
          select distinct on (l.project_id) a.id, a.type, a.title, a.quantity, a.unit, a.place, a.remote, p.slug, p.title as project_title, p.locale, p.node_id
            from listings l join asks a on a.campaign_id = l.campaign_id join projects p on p.id = l.project_id
           where l.live and l.hands > 0 and (${tag}::text is null or l.tags @> array[${tag}::text])
           order by l.project_id, md5(a.id::text || ${lot}::text)) one
         order by md5(id::text || ${lot}::text) limit ${wanted_max}::int`,
  );
}
