import type { Child } from 'hono/jsx';
import { Chip, Empty, Pagination, StateChip } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import type { Visit } from '../visits/index.ts';
import {
  type CommonsFound,
  type CommonsLine,
  type CommonsWish,
  commons_max,
  commons_per_page,
  commons_states,
  commonsPath,
  freedoms,
} from './commons-find.ts';
import type { KnownLicence, Reference } from './reference.ts';

export type CommonsView = { visit: Visit; wish: CommonsWish; found: CommonsFound; nodes: readonly Node[]; reference: Reference };

/** Everything that campaigns promised or gave to everybody: of which kind, under which licence, since when, and where to fetch it. */
export function CommonsPage({ view }: { view: CommonsView }) {
  const { visit, wish, found } = view;
  const { t } = visit;
  const pages = Math.ceil(Math.min(found.total, commons_max) / commons_per_page);
  const is_bare = found.total === 0 && commonsPath(wish) === '/commons';
  return (
    <>
      <header class="stack is-tight">
        <h1>{t('commons.title')}</h1>
        <p class="lede">{t('commons.lede')}</p>
      </header>
      {!is_bare && <Filters view={view} />}
      <section class="stack" aria-labelledby="found">
        <h2 id="found" class="commons-total">
          {found.total > commons_max ? t('commons.total_more', { n: commons_max }) : t('commons.total', { n: found.total })}
        </h2>
        {is_bare ? (
          <Empty title={t('commons.nothing_yet')} />
        ) : found.lines.length === 0 ? (
          <Empty title={t('commons.nothing')} action={<a href={visit.to('/commons')}>{t('commons.show_all')}</a>} />
        ) : (
          <ul class="commons-list">
            {found.lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </ul>
        )}
        <Pagination t={t} page={wish.page} pages={pages} href={(page) => visit.to(commonsPath(wish, { page }))} />
      </section>
      <Words visit={visit} />
    </>
  );
}

function Filters({ view }: { view: CommonsView }) {
  const { visit, wish, found, reference } = view;
  const { t } = visit;
  const link = (name: 'type' | 'state' | 'freedom' | 'licence', value: string, label: Child, n?: number) => {
    const current = wish[name] === value;
    if (n === 0 && !current && wish[name] === null) return null;
    return (
      <Chip href={visit.to(commonsPath(wish, { [name]: current ? null : value }))} current={current}>
        {label}
        {n !== undefined && wish[name] === null && <span class="num commons-n">{visit.number(n)}</span>}
      </Chip>
    );
  };
  const count = (counts: Record<string, number>, value: string) => (found.total > commons_max ? undefined : (counts[value] ?? 0));
  return (
    <nav class="commons-filters" aria-label={t('commons.filters')}>
      <Group label={t('commons.filter_type')}>
        {reference.return_types.map((type) => link('type', type.id, visit.text(type.name).text, count(found.types, type.id)))}
      </Group>
      <Group label={t('commons.filter_state')}>
        {commons_states.map((state) =>
          link('state', state, t.maybe(`look.return_${state}`) ?? state, count(found.states, state)),
        )}
      </Group>
      <Group label={t('commons.filter_freedom')}>
        {freedoms.map((freedom) => link('freedom', freedom, t(`commons.freedom_${freedom}`)))}
      </Group>
      <Group label={t('commons.filter_licence')}>
        {reference.licences.map((licence) => link('licence', licence.id, licence.short_name, count(found.licences, licence.id)))}
      </Group>
    </nav>
  );
}

function Group(props: { label: string; children?: Child }) {
  return (
    <div class="commons-group">
      <h2>{props.label}</h2>
      <p class="chips">{props.children}</p>
    </div>
  );
}

/** A sign for the eye; the type stands beside it in words. */
const glyphs: Record<string, string> = { code: '{ }', design: 'cad', file: 'file', manual: 'doc', data: 'csv', service: '↻' };

function Line({ view: { visit, nodes, reference }, line }: { view: CommonsView; line: CommonsLine }) {
  const { t } = visit;
  const node = nodes.find((each) => each.id === line.node_id) ?? visit.node;
  const title = visit.text(line.title, line.locale);
  const about = visit.text(line.about, line.locale);
  const project = visit.text(line.project_title, line.locale);
  const licence = reference.licences.find((each) => each.id === line.licence_id);
  const type = reference.return_types.find((each) => each.id === line.type);
  return (
    <li class="item commons-line">
      <span class="glyph" aria-hidden="true">
        {glyphs[line.type] ?? '…'}
      </span>
      <div class="commons-what">
        <h3 class="line-title" lang={title.lang}>
          {title.text}
        </h3>
        <p class="small muted">
          {type ? visit.text(type.name).text : line.type} · <LicenceFacts visit={visit} licence={licence} />
          {line.demonstration && (
            <>
              {' '}
              <em class="demonstration">{t('look.demonstration')}</em>
            </>
          )}
        </p>
        {about.text && (
          <p class="small" lang={about.lang}>
            {about.text}
          </p>
        )}
        <p class="small">
          {t('commons.by')}{' '}
          <a href={visit.toNode(node, `/projects/${line.slug}/returns`)} lang={project.lang}>
            {project.text}
          </a>
        </p>
      </div>
      <div class="commons-state">
        <StateChip t={t} of="return" state={line.state} />
        <span class="small muted">{whenOf(visit, line)}</span>
        {line.url?.startsWith('https://') && (
          <a href={line.url} rel="nofollow noopener" class="commons-fetch">
            {t('commons.fetch')}
            <span class="visually-hidden"> {title.text}</span>
          </a>
        )}
      </div>
    </li>
  );
}

/** Which body lists it as open, and what it keeps back: facts of the table, no judgement of ours. */
function LicenceFacts({ visit, licence }: { visit: Visit; licence: KnownLicence | undefined }) {
  const { t } = visit;
  if (!licence) return <>{t('commons.licence_none')}</>;
  const bodies = [licence.open_definition && 'Open Definition', licence.osi && 'OSI', licence.oshwa && 'OSHWA'].filter(
    (body) => body !== false,
  );
  const facts = [
    bodies.length > 0 && t('commons.licence_open', { bodies: bodies.join(', ') }),
    licence.non_commercial && t('commons.licence_nc'),
    licence.no_derivatives && t('commons.licence_nd'),
  ].filter((fact) => fact !== false);
  return (
    <>
      {licence.url ? (
        <a href={licence.url} rel="license noopener" title={licence.name}>
          {licence.short_name}
        </a>
      ) : (
        licence.short_name
      )}
      {facts.length > 0 && ` (${facts.join('; ')})`}
    </>
  );
}

function whenOf(visit: Visit, line: CommonsLine): string {
  const { t } = visit;
  const day = (date: string) => visit.day(Temporal.PlainDate.from(date));
  if (line.state === 'verified' && line.verified_on) return t('commons.verified_on', { day: day(line.verified_on) });
  if (line.delivered_on) return t('commons.delivered_on', { day: day(line.delivered_on) });
  if (line.due_on) return t(line.state === 'late' ? 'commons.was_due' : 'commons.due_on', { day: day(line.due_on) });
  return t('commons.due_later');
}

function Words({ visit }: { visit: Visit }) {
  const { t } = visit;
  return (
    <section class="stack" aria-labelledby="states">
      <h2 id="states">{t('commons.words')}</h2>
      <dl class="definitions">
        {commons_states.map((state) => (
          <div>
            <dt>
              <StateChip t={t} of="return" state={state} />
            </dt>
            <dd>{t(`commons.def_${state}`)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('commons.freedom_open')}</dt>
          <dd>{t('commons.def_open')}</dd>
        </div>
      </dl>
    </section>
  );
}
