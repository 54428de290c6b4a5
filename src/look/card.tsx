import type { Child } from 'hono/jsx';
import type { Currency } from '../kit/index.ts';
import type { Locale } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';
import { Cover } from './cover.tsx';
import { Gauge } from './gauge.tsx';
import { type GaugeFacts, gaugeShape } from './gauge-shape.ts';
import { Chip, Title, words } from './parts.tsx';

export type CardProject = {
  /** Where the card leads, ready to use (`visit.to('/projects/…')`). */
  href: string;
  slug: string;
  title: string;
  claim: string;
  /** Language of title and claim when it is not the reader's. */
  lang?: Locale | undefined;
  place: string;
  /** Name of the node, where cards of several nodes stand together. */
  node_name?: string | undefined;
  companion?: string | undefined;
  /** Address of a picture; drawn from the slug when there is none. */
  picture?: string | null | undefined;
  /** Colours of the project's node; those of the visited node when not said. */
  look?: unknown;
  demonstration?: boolean | undefined;
  gauge: GaugeFacts;
  currency?: Currency | undefined;
  /** Time in words ("18 days left"), or what stands instead of it ("funded"). */
  when?: Child;
  hands_wanted?: number | undefined;
  /** Short names of licences ("CC BY-SA"). */
  licences?: readonly string[] | undefined;
};

/** A campaign at a glance. The whole card leads to it; the title is the link. */
export function ProjectCard(props: { visit: Visit; project: CardProject; level?: 2 | 3 | 4; class?: string; eager?: boolean }) {
  const { visit, project } = props;
  const { t } = visit;
  const Heading = `h${props.level ?? 3}` as 'h2' | 'h3' | 'h4';
  const { raised_cents } = gaugeShape(project.gauge);
  return (
    <article class={words('card', props.class)}>
      <Cover slug={project.slug} look={project.look ?? visit.node.look} picture={project.picture} flows eager={props.eager} />
      <div class="card-body">
        <p class="card-place">
          {[project.place, project.node_name].filter(Boolean).join(' · ')}
          {project.companion && ` · ${t('look.with', { name: project.companion })}`}
          {project.demonstration && (
            <>
              {' '}
              <em class="demonstration">{t('look.demonstration')}</em>
            </>
          )}
        </p>
        <Heading class="card-title" lang={project.lang}>
          <a href={project.href}>
            <Title text={project.title} />
          </a>
        </Heading>
        <p class="card-claim" lang={project.lang}>
          {project.claim}
        </p>
      </div>
      <div class="card-foot">
        <Gauge visit={visit} facts={project.gauge} currency={project.currency} />
        <p class="card-facts">
          <span>
            <b class="num">{visit.money(raised_cents, project.currency)}</b>{' '}
            {t('look.of_minimum', { minimum: visit.money(project.gauge.minimum_cents, project.currency) })}
          </span>
          {project.when && <span class="card-when">{project.when}</span>}
        </p>
        {(Boolean(project.hands_wanted) || Boolean(project.licences?.length)) && (
          <p class="chips">
            {Boolean(project.hands_wanted) && <Chip kind="hand">{t('look.hands_wanted', { n: project.hands_wanted ?? 0 })}</Chip>}
            {project.licences?.map((licence) => (
              <Chip kind="reed">{licence}</Chip>
            ))}
          </p>
        )}
      </div>
    </article>
  );
}
