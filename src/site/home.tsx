import type { Child } from 'hono/jsx';
import { ButtonLink, Cover, Empty, nodeName, ProjectCard, Prose, StateChip, Steps } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { Scope, Totals } from '../stats/index.ts';
import type { Visit } from '../visits/index.ts';
import { cardOf } from './explore-cards.ts';
import { explorePath } from './explore-wish.ts';
import type { HomeFacts, Wanted } from './home-facts.ts';
import { Network } from './home-network.tsx';

export type HomeView = { visit: Visit; facts: HomeFacts; totals: Totals };

/** The first page of a node: what this place is, what happens here now, and that every figure can be checked. */
export function HomePage({ view }: { view: HomeView }) {
  const { visit, facts } = view;
  return (
    <>
      <Hero view={view} />
      <Live view={view} />
      {facts.wanted.length > 0 && <Hands view={view} />}
      <HowItWorks visit={visit} />
      {facts.lately.length > 0 && <Lately view={view} />}
      {visit.node.kind === 'main' ? <Network view={view} /> : null}
      <WhoRunsIt view={view} />
    </>
  );
}

/** Whose figures a node shows: the main node's are those of the whole network. */
export function scopeOf(node: Node): Scope {
  const whole = node.kind === 'main';
  return { node_id: whole ? null : node.id, host_id: whole ? null : node.host.id, currency: node.currency };
}

function Hero({ view: { visit, totals } }: { view: HomeView }) {
  const { t, node } = visit;
  const tagline = visit.text(node.tagline, node.default_locale);
  const name = nodeName(visit);
  return (
    <section class="hero">
      <div class="wrap">
        <div class="hero-text">
          <h1 lang={tagline.lang}>{withoutStop(tagline.text)}</h1>
          <p class="lede">{node.kind === 'main' ? t('home.lede') : t('home.lede_node', { node: name.text })}</p>
          <p class="row">
            <ButtonLink kind="give" href={visit.to('/explore')}>
              {t('home.explore')}
            </ButtonLink>
            <ButtonLink kind="hand" href={visit.to('/explore?needs=hands')}>
              {t('home.lend_a_hand')}
            </ButtonLink>
          </p>
          <Figures visit={visit} totals={totals} />
        </div>
        <Cover
          slug={`place-${node.slug}`}
          look={node.look}
          family="hills"
          mood={node.kind === 'main' ? 'meadow' : undefined}
          class="hero-cover"
          eager
        />
      </div>
    </section>
  );
}

/** A sentence that stands alone as a title has no full stop. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** Four figures, each leading to its definition. */
function Figures({ visit, totals }: { visit: Visit; totals: Totals }) {
  const { t } = visit;
  const figures: [string, string, MessageKey][] = [
    ['collected', visit.money(totals.collected_cents), 'home.figure_collected'],
    ['contributions', visit.number(totals.contributions), 'home.figure_contributions'],
    ['funded', visit.number(totals.succeeded), 'home.figure_funded'],
    ['commons', visit.number(totals.returns_delivered), 'home.figure_commons'],
  ];
  return (
    <div class="hero-figures">
      <dl class="figures">
        {figures.map(([id, sum, key]) => (
          <div>
            <dt>
              <a href={visit.to(`/accounts#def-${id}`)}>{t(key)}</a>
            </dt>
            <dd>{sum}</dd>
          </div>
        ))}
      </dl>
      {visit.node.host.demonstration && <p class="small muted">{t('home.figures_demonstration')}</p>}
    </div>
  );
}

function Band(props: { title: string; text?: Child; more?: Child; sunk?: boolean; class?: string; children?: Child }) {
  return (
    <section class={`band${props.sunk ? ' is-sunk' : ''}${props.class ? ` ${props.class}` : ''}`}>
      <div class="wrap">
        <header class="band-head">
          <div class="stack is-tight">
            <h2>{props.title}</h2>
            {props.text && <p>{props.text}</p>}
          </div>
          {props.more}
        </header>
        {props.children}
      </div>
    </section>
  );
}

function Live({ view: { visit, facts, totals } }: { view: HomeView }) {
  const { t } = visit;
  if (facts.live.length === 0) {
    return (
      <Band title={t('home.live')}>
        <Empty
          title={t('home.nothing_live')}
          action={
            // The main node's first page shows the whole network already.
            visit.node.kind !== 'main' && (
              <a href={visit.to('/explore?node=all&state=open')}>{t('home.nothing_live_elsewhere')}</a>
            )
          }
        />
        {facts.past.length > 0 && (
          <>
            <h3 class="home-past">{t('home.past')}</h3>
            <Cards visit={visit} nodes={facts.nodes} listed={facts.past} />
          </>
        )}
      </Band>
    );
  }
  const more = (
    <a class="band-more" href={visit.to(explorePath({ state: 'open' }))}>
      {t('home.all_live', { n: totals.live })}
    </a>
  );
  return (
    <Band title={t('home.live')} text={t('home.live_order')} more={more}>
      <Cards visit={visit} nodes={facts.nodes} listed={facts.live} />
    </Band>
  );
}

function Cards({ visit, nodes, listed }: { visit: Visit; nodes: readonly Node[]; listed: HomeFacts['live'] }) {
  return (
    <ul class="grid">
      {listed.map((each) => (
        <li>
          <ProjectCard visit={visit} project={cardOf(visit, nodes, each)} />
        </li>
      ))}
    </ul>
  );
}

function Hands({ view: { visit, facts } }: { view: HomeView }) {
  const { t } = visit;
  const more = (
    <a class="band-more" href={visit.to(explorePath({ needs: 'hands' }))}>
      {t('home.all_hands')}
    </a>
  );
  return (
    <Band title={t('home.hands')} text={t('home.hands_text')} more={more} sunk>
      <ul class="home-hands">
        {facts.wanted.map((wanted) => (
          <Ask visit={visit} nodes={facts.nodes} wanted={wanted} />
        ))}
      </ul>
    </Band>
  );
}

function Ask({ visit, nodes, wanted }: { visit: Visit; nodes: readonly Node[]; wanted: Wanted }) {
  const { t } = visit;
  const node = nodes.find((each) => each.id === wanted.node_id) ?? visit.node;
  const title = visit.text(wanted.title, wanted.locale);
  const project = visit.text(wanted.project_title, wanted.locale);
  const amount =
    t.maybe(`project.ask_${wanted.unit}`, { n: Number(wanted.quantity) }) ??
    `${visit.number(Number(wanted.quantity))} ${wanted.unit}`;
  const where = wanted.remote ? t('project.ask_remote') : (wanted.place ?? t('project.ask_on_site'));
  return (
    <li class="home-hand">
      <p class="small muted">
        {t.maybe(`project.ask_${wanted.type}`) ?? wanted.type} · {where}
      </p>
      <h3 lang={title.lang}>
        <a href={visit.toNode(node, `/projects/${wanted.slug}/hands`)}>{title.text}</a>
      </h3>
      <p class="home-hand-foot">
        <b class="num">{amount}</b>
        <span class="small" lang={project.lang}>
          {project.text}
        </span>
      </p>
    </li>
  );
}

function HowItWorks({ visit }: { visit: Visit }) {
  const { t } = visit;
  const days = visit.node.settings.round_days;
  const steps = (['asks', 'round', 'collected', 'returns'] as const).map((step) => ({
    title: t(`home.step_${step}`, { days }),
    text: <p>{t(`home.step_${step}_text`)}</p>,
  }));
  const more = (
    <a class="band-more" href={visit.to('/how')}>
      {t('home.how_more')}
    </a>
  );
  return (
    <Band title={t('home.how')} more={more}>
      <Steps t={t} steps={steps} />
    </Band>
  );
}

function Lately({ view: { visit, facts } }: { view: HomeView }) {
  const { t } = visit;
  const more = (
    <a class="band-more" href={visit.to('/commons')}>
      {t('home.all_commons')}
    </a>
  );
  return (
    <Band title={t('home.commons')} text={t('home.commons_text')} more={more} sunk>
      <ul class="home-commons">
        {facts.lately.map((line) => {
          const node = facts.nodes.find((each) => each.id === line.node_id) ?? visit.node;
          const title = visit.text(line.title, line.locale);
          const project = visit.text(line.project_title, line.locale);
          return (
            <li class="home-hand">
              <StateChip t={t} of="return" state={line.state} />
              <h3 lang={title.lang}>
                <a href={visit.toNode(node, `/projects/${line.slug}/returns`)}>{title.text}</a>
              </h3>
              <p class="home-hand-foot">
                {line.delivered_on && <span class="small muted">{visit.day(Temporal.PlainDate.from(line.delivered_on))}</span>}
                <span class="small" lang={project.lang}>
                  {project.text}
                </span>
                {line.demonstration && <em class="demonstration">{t('look.demonstration')}</em>}
              </p>
            </li>
          );
        })}
      </ul>
    </Band>
  );
}

function WhoRunsIt({ view: { visit } }: { view: HomeView }) {
  const { t, node } = visit;
  const about = visit.text(node.about, node.default_locale);
  const people = node.team.filter((member) => member.kind !== 'organisation').map((member) => member.name);
  return (
    <section class="band home-who">
      <div class="wrap home-who-row">
        <div class="stack">
          <h2>{t('home.who')}</h2>
          <p class="measure">
            {t(people.length > 0 ? 'home.who_text' : 'home.who_text_host', {
              host: node.host.name,
              names: new Intl.ListFormat(visit.locale, { type: 'conjunction' }).format(people),
            })}
          </p>
          {node.host.demonstration && <p class="small muted measure">{t('home.who_demonstration')}</p>}
          <p class="row">
            <ButtonLink href={visit.to('/team')}>{t('home.who_more')}</ButtonLink>
            <ButtonLink href={visit.to('/accounts')}>{t('home.accounts')}</ButtonLink>
          </p>
        </div>
        <Prose text={about.text} lang={about.lang} />
      </div>
    </section>
  );
}
