import { Cover, Gauge, QrCode } from '../look/index.ts';
import { gaugeOf } from './project-side.tsx';
import { addressOf, deadline, moneyOf, said, type View } from './project-words.ts';

/** One A4 sheet for walls and shop windows: what it is, where the water stands, and a code that leads to the page. */
export function Poster({ view }: { view: View }) {
  const { visit, facts } = view;
  const { t } = visit;
  const { project, campaign } = facts;
  const title = said(view, project.title);
  const claim = said(view, project.claim);
  const who = [
    project.place,
    project.promoter_name && t('project.by', { name: project.promoter_name }),
    project.companion && t('project.accompanied_by', { name: project.companion.name }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <p class="muted no-print">
        {t('project.poster_hint')} <a href={addressOf(view)}>{t('project.poster_back')}</a>
      </p>
      <article class="poster">
        <Cover slug={project.slug} look={visit.node.look} picture={project.cover} eager />
        <div class="poster-text">
          <p class="project-place">
            <span>{who}</span>
            {project.demonstration && <em class="demonstration">{t('project.demonstration')}</em>}
          </p>
          <h1 lang={title.lang}>{title.text}</h1>
          <p class="lede" lang={claim.lang}>
            {claim.text}
          </p>
        </div>
        {campaign && <Gauge visit={visit} facts={gaugeOf(view, campaign)} currency={campaign.currency} size="large" />}
        {facts.returns.length > 0 && <BackToAll view={view} />}
        <PosterFoot view={view} shown />
      </article>
    </>
  );
}

/** Where it leads, as a code and as an address. On the page of a project only paper shows it. */
export function PosterFoot({ view, shown }: { view: View; shown?: boolean }) {
  const { t, origin } = view.visit;
  const address = origin + addressOf(view);
  return (
    <footer class={shown ? 'poster-foot' : 'poster-foot print-only'}>
      <QrCode text={address} label={t('project.poster_qr', { address })} />
      <div>
        {view.facts.campaign && <p class="poster-needs">{needs(view)}</p>}
        <p>{t('project.poster_scan')}</p>
        <p class="poster-address">{address.replace(/^https?:\/\//, '')}</p>
      </div>
    </footer>
  );
}

function BackToAll({ view }: { view: View }) {
  return (
    <div class="poster-returns">
      <h2>{view.visit.t('project.poster_returns')}</h2>
      <ul>
        {view.facts.returns.slice(0, 4).map((one) => (
          <li lang={said(view, one.title).lang}>
            {said(view, one.title).text}
            {one.licence && ` (${one.licence.short_name})`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function needs(view: View): string {
  const { campaign } = view.facts;
  if (!campaign) return '';
  const { t } = view.visit;
  const [minimum, optimum] = [moneyOf(view, campaign.minimum_cents), moneyOf(view, campaign.optimum_cents)];
  const wanted =
    campaign.optimum_cents > campaign.minimum_cents
      ? t('project.poster_needs', { minimum, optimum })
      : t('project.poster_needs_one', { minimum });
  const running = campaign.state === 'round_one' || campaign.state === 'round_two';
  return running && campaign.ends_at
    ? `${wanted} ${t('project.poster_until', { end: deadline(view.visit, campaign.ends_at, campaign.time_zone) })}`
    : wanted;
}
