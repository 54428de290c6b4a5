import type { Child } from 'hono/jsx';
import { Button, Chip, Empty, MapOfPlaces, Pagination, ProjectCard } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import type { Visit } from '../visits/index.ts';
import { cardOf, type Listed, whenOf } from './explore-cards.ts';
import { type Facets, Filters, optionName } from './explore-filters.tsx';
import type { Found } from './explore-find.ts';
import { explorePath, filtersOn, found_max, per_page, sortOf, sorts, type Wish } from './explore-wish.ts';

export type ExploreView = {
  visit: Visit;
  wish: Wish;
  found: Found;
  listed: readonly Listed[];
  nodes: readonly Node[];
  facets: Facets;
};

/** All projects: words, filters, order, list or map. Everything is a link or a form that asks by address. */
export function ExplorePage({ view }: { view: ExploreView }) {
  const { visit, wish, found } = view;
  const { t } = visit;
  return (
    <>
      <section class="explore-head">
        <div class="wrap">
          <h1>{t('explore.title')}</h1>
          <Search visit={visit} wish={wish} />
        </div>
      </section>
      <div class="wrap explore">
        <Filters view={view} />
        <section class="explore-found" aria-labelledby="found">
          <div class="explore-bar">
            <h2 id="found" class="explore-total">
              {totalWords(view)}
            </h2>
            <Switch view={view} />
          </div>
          <FiltersOn view={view} />
          {found.total > 0 && wish.view === null && <Order visit={visit} wish={wish} />}
          {found.total === 0 ? (
            <NothingFound view={view} />
          ) : wish.view === 'map' ? (
            <AsMap view={view} />
          ) : (
            <AsList view={view} />
          )}
        </section>
      </div>
    </>
  );
}

function Search({ visit, wish }: { visit: Visit; wish: Wish }) {
  const { t } = visit;
  const kept = filtersOn(wish);
  return (
    <search>
      <form class="explore-search" action={visit.to('/explore')} method="get">
        <label class="visually-hidden" for="q">
          {t('explore.search_label')}
        </label>
        <input
          class="input"
          type="search"
          id="q"
          name="q"
          value={wish.q || undefined}
          placeholder={t('explore.search_hint')}
          maxlength={120}
          autocomplete="off"
        />
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {wish.view && <input type="hidden" name="view" value={wish.view} />}
        <Button kind="plain">{t('explore.search')}</Button>
      </form>
    </search>
  );
}

function totalWords({ visit, found, wish }: ExploreView): string {
  if (found.total > found_max) return visit.t('explore.total_more', { n: found_max });
  return visit.t(wish.q ? 'explore.total_for' : 'explore.total', { n: found.total, q: wish.q });
}

function Switch({ view: { visit, wish } }: { view: ExploreView }) {
  const { t } = visit;
  const tab = (value: 'map' | null, label: string) => (
    <li>
      <a href={visit.to(explorePath(wish, { view: value }))} aria-current={wish.view === value ? 'true' : undefined}>
        {label}
      </a>
    </li>
  );
  return (
    <nav class="switch" aria-label={t('explore.view')}>
      <ul>
        {tab(null, t('explore.view_list'))}
        {tab('map', t('explore.view_map'))}
      </ul>
    </nav>
  );
}

/** What is on, each with the way to let it go. */
function FiltersOn({ view }: { view: ExploreView }) {
  const { visit, wish } = view;
  const { t } = visit;
  const on = filtersOn(wish);
  if (on.length === 0 && wish.q === '') return null;
  return (
    <ul class="explore-on" aria-label={t('explore.filters_on')}>
      {wish.q !== '' && (
        <li>
          <LetGo visit={visit} href={explorePath(wish, { q: '' })} label={t('explore.quoted', { q: wish.q })} />
        </li>
      )}
      {on.map(([name, value]) => (
        <li>
          <LetGo visit={visit} href={explorePath(wish, { [name]: null })} label={optionName(view, name, value)} />
        </li>
      ))}
      {on.length + (wish.q ? 1 : 0) > 1 && (
        <li>
          <a href={visit.to('/explore')} class="small">
            {t('explore.let_all_go')}
          </a>
        </li>
      )}
    </ul>
  );
}

function LetGo({ visit, href, label }: { visit: Visit; href: string; label: Child }) {
  return (
    <Chip href={visit.to(href)} current>
      <span class="visually-hidden">{visit.t('explore.let_go')} </span>
      {label}
      <span aria-hidden="true">×</span>
    </Chip>
  );
}

/** The orders as links, and in one sentence how this one ranks. */
function Order({ visit, wish }: { visit: Visit; wish: Wish }) {
  const { t } = visit;
  const current = sortOf(wish);
  const usual = wish.q ? 'relevance' : 'soon';
  return (
    <div class="explore-order">
      <nav aria-label={t('explore.order')}>
        <ul>
          {sorts.map((sort) =>
            sort === 'relevance' && wish.q === '' ? null : (
              <li>
                <a
                  href={visit.to(explorePath(wish, { sort: sort === usual ? null : sort }))}
                  aria-current={sort === current ? 'true' : undefined}
                >
                  {t(`explore.sort_${sort}`)}
                </a>
              </li>
            ),
          )}
        </ul>
      </nav>
      <p class="small muted">{t(`explore.ranks_${current}`)}</p>
    </div>
  );
}

function AsList({ view: { visit, wish, found, listed, nodes } }: { view: ExploreView }) {
  const pages = Math.ceil(Math.min(found.total, found_max) / per_page);
  return (
    <>
      {listed.length === 0 && <p>{visit.t('explore.beyond')}</p>}
      <ul class="grid">
        {listed.map((each, index) => (
          <li>
            <ProjectCard visit={visit} project={cardOf(visit, nodes, each)} eager={index < 3} />
          </li>
        ))}
      </ul>
      <Pagination t={visit.t} page={wish.page} pages={pages} href={(page) => visit.to(explorePath(wish, { page }))} />
      {found.total > found_max && wish.page === pages && <p class="muted">{visit.t('explore.narrow', { n: found_max })}</p>}
    </>
  );
}

/** The same on a map, with the list of what it shows beside it. */
function AsMap({ view: { visit, found, listed, nodes } }: { view: ExploreView }) {
  const { t } = visit;
  const cards = listed.map((each) => ({ each, card: cardOf(visit, nodes, each) }));
  const points = cards.flatMap(({ each, card }) => {
    if (each.latitude === null || each.longitude === null) return [];
    const kind =
      each.state === 'funded' || each.state === 'fulfilled'
        ? ('reed' as const)
        : each.hands > 0
          ? ('clay' as const)
          : ('water' as const);
    return [
      {
        latitude: each.latitude,
        longitude: each.longitude,
        label: [card.title, card.place].filter(Boolean).join(', '),
        href: card.href,
        kind,
      },
    ];
  });
  return (
    <>
      <p class="small muted">
        {points.length < found.total
          ? t('explore.map_some', { shown: points.length, n: Math.min(found.total, found_max) })
          : t('explore.map_all')}
      </p>
      <MapOfPlaces points={points} label={t('explore.map_label')} class="explore-map" />
      <ul class="explore-places">
        {cards.map(({ each, card }) => (
          <li>
            <a href={card.href} lang={card.lang}>
              {card.title}
            </a>
            <span class="small muted">{[card.place, card.node_name, whenOf(visit, each)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function NothingFound({ view: { visit, wish } }: { view: ExploreView }) {
  const { t } = visit;
  const on = filtersOn(wish);
  // Nothing was asked for, so there is nothing to change: this place has no campaign yet.
  if (wish.q === '' && on.length === 0 && (visit.node.kind === 'main' || wish.node === 'all'))
    return <Empty title={t('explore.nothing_yet')} />;
  return (
    <Empty title={wish.q ? t('explore.nothing_for', { q: wish.q }) : t('explore.nothing')}>
      <ul class="explore-help">
        {wish.q !== '' && <li>{t('explore.help_words')}</li>}
        {wish.q !== '' && on.length > 0 && (
          <li>
            <a href={visit.to(explorePath({ q: wish.q }))}>{t('explore.help_without_filters')}</a>
          </li>
        )}
        {visit.node.kind !== 'main' && wish.node !== 'all' && (
          <li>
            <a href={visit.to(explorePath(wish, { node: 'all' }))}>{t('explore.help_network')}</a>
          </li>
        )}
        <li>
          <a href={visit.to(explorePath({ state: 'open' }))}>{t('explore.help_open')}</a>
        </li>
      </ul>
    </Empty>
  );
}
