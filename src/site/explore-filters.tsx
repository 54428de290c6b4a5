import type { Visit } from '../visits/index.ts';
import type { ExploreView } from './explore.tsx';
import { explorePath, type Filter, listed_states, type Wish } from './explore-wish.ts';
import type { Place, Reference } from './reference.ts';

export type Facets = { reference: Reference; places: readonly Place[] };

type Option = { value: string; name: string };

/** Filters as links, in groups that fold. A number says how many would be left; where it is unknown or there are too many, none is said. */
export function Filters({ view }: { view: ExploreView }) {
  const { visit, wish } = view;
  const { t } = visit;
  const open: Filter[] = ['state', 'needs', 'category'];
  return (
    <div class="filters">
      <details class="filters-fold">
        <summary>{t('explore.filters')}</summary>
      </details>
      <nav class="filters-body" aria-label={t('explore.filters')}>
        {groups(view).map(({ filter, options }) => (
          <Group view={view} filter={filter} options={options} open={open.includes(filter) || wish[filter] !== null} />
        ))}
      </nav>
    </div>
  );
}

function Group({
  view,
  filter,
  options,
  open,
}: {
  view: ExploreView;
  filter: Filter;
  options: readonly Option[];
  open: boolean;
}) {
  const { visit, wish, found } = view;
  const chosen = wish[filter];
  const left = options.flatMap((option) => {
    const n = chosen === null ? countOf(view, filter, option.value) : undefined;
    return n === 0 ? [] : [{ ...option, n }];
  });
  if (left.length === 0 || (found.total === 0 && chosen === null)) return null;
  return (
    <details class="facet" open={open}>
      <summary>{visit.t(`explore.filter_${filter}`)}</summary>
      <ul>
        {left.map(({ value, name, n }) => {
          const current = value === chosen;
          return (
            <li>
              <a
                href={visit.to(explorePath(wish, { [filter]: current ? null : value }))}
                aria-current={current ? 'true' : undefined}
                rel="nofollow"
              >
                <span>{name}</span>
                {n !== undefined && (
                  <span class="facet-count num">
                    <span class="visually-hidden">: </span>
                    {visit.number(n)}
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** How many of those found would stay; undefined where nobody counted. */
function countOf({ found, visit, wish }: ExploreView, filter: Filter, value: string): number | undefined {
  if (found.counts === null || filter === 'ends') return undefined;
  if (filter === 'needs' && value === 'money') return undefined;
  if (filter === 'node' && (value === 'all' || (visit.node.kind !== 'main' && wish.node === null))) return undefined;
  return found.counts[`${filter}:${value}`] ?? 0;
}

function groups(view: ExploreView): { filter: Filter; options: Option[] }[] {
  const { visit, facets, nodes } = view;
  const { t } = visit;
  const said = (values: readonly string[], filter: Filter) =>
    values.map((value) => ({ value, name: t.maybe(`explore.${filter}_${value}`) ?? value }));
  const named = (list: Reference['categories']) => list.map((each) => ({ value: each.id, name: visit.text(each.name).text }));
  const everywhere = visit.node.kind === 'main' ? [] : [{ value: 'all', name: t('explore.node_all') }];
  return [
    { filter: 'state', options: said(listed_states, 'state') },
    { filter: 'needs', options: said(['money', 'hands'], 'needs') },
    { filter: 'ends', options: said(['soon'], 'ends') },
    { filter: 'category', options: named(facets.reference.categories) },
    { filter: 'place', options: facets.places.map((place) => ({ value: place.id, name: place.name })) },
    {
      filter: 'node',
      options:
        nodes.length < 2
          ? []
          : [
              ...everywhere,
              ...nodes.map((node) => ({ value: node.slug, name: visit.text(node.name, node.default_locale).text })),
            ],
    },
    { filter: 'commitment', options: named(facets.reference.commitments) },
    { filter: 'licence', options: facets.reference.licences.map((licence) => ({ value: licence.id, name: licence.short_name })) },
  ];
}

/** The name of a filter's value; what we do not know is shown as it was written. */
export function optionName(view: ExploreView, filter: Filter, value: string): string {
  const group = groups(view).find((each) => each.filter === filter);
  return group?.options.find((option) => option.value === value)?.name ?? value.replaceAll('-', ' ');
}

/** The node whose projects are listed: the one that was chosen, or the one we are in; the main node lists all. */
export function nodeOf(visit: Visit, wish: Wish): string | null {
  if (wish.node === 'all') return null;
  return wish.node ?? (visit.node.kind === 'main' ? null : visit.node.slug);
}
