import { type Db, only, rows, sql } from '../platform/db.ts';
import type { Texts } from '../platform/i18n.ts';
import { kept } from '../stats/index.ts';
import { filterWord } from './explore-words.ts';

export type Named = { id: string; name: Texts };
export type KnownLicence = {
  id: string;
  name: string;
  short_name: string;
  url: string | null;
  open_definition: boolean;
  osi: boolean;
  oshwa: boolean;
  non_commercial: boolean;
  no_derivatives: boolean;
};
export type Reference = { categories: Named[]; commitments: Named[]; return_types: Named[]; licences: KnownLicence[] };

/** The words that projects are sorted by, in their order. They change with a new version, if at all. */
export const reference = kept(
  (db: Db) =>
    only<Reference>(
      db,
      sql`select (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by position), '[]') from categories) as categories,
                 (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by position), '[]') from commitments) as commitments,
                 (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by position), '[]') from return_types) as return_types,
                 (select coalesce(json_agg(to_jsonb(l) order by l.position), '[]') from licences l) as licences`,
    ),
  60_000,
);

export type Place = { id: string; name: string };

/** The regions and towns with most projects, for the filter; any other may be searched by its name. */
export const places = kept(async (db: Db): Promise<Place[]> => {
  const found = await rows<{ name: string }>(
    db,
    sql`select coalesce(nullif(p.region, ''), p.place) as name from projects p join listings l on l.project_id = p.id
         where coalesce(nullif(p.region, ''), p.place) <> '' group by 1 order by count(*) desc, 1 limit 24`,
  );
  return found.map(({ name }) => ({ id: filterWord(name), name }));
}, 60_000);
