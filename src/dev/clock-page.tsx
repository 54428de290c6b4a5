import { type Currency, formatMoney, lastDay, money, zoneCity } from '../kit/index.ts';
import { Button, DataTable, Empty, Form, Notice, Panel, StateChip, Time } from '../look/index.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';
import type { Coming, Happened, LiveCampaign } from './coming.ts';

type Facts = { campaigns: LiveCampaign[]; coming: Coming[]; happened: Happened[] | null; movable: boolean };

/** What time it is here, how to move it, what will come, and what came of the last move. */
export function clockPage(visit: Visit, facts: Facts) {
  const { t } = visit;
  return (
    <div class="stack is-loose dev-clock">
      <header class="stack is-tight">
        <h1>{t('dev.clock')}</h1>
        <p class="lede">{t('dev.clock_lede')}</p>
      </header>
      <Panel>
        <p class="muted">{t('dev.now')}</p>
        <p class="dev-now num">
          <Time at={visit.now}>{visit.moment(visit.now)}</Time>
        </p>
        {facts.movable ? <MoveButtons visit={visit} /> : <Notice kind="attention">{t('dev.clock_is_real')}</Notice>}
      </Panel>
      {facts.happened && <HappenedTable visit={visit} happened={facts.happened} />}
      <Campaigns visit={visit} campaigns={facts.campaigns} movable={facts.movable} />
      <ComingTable visit={visit} coming={facts.coming} />
    </div>
  );
}

function MoveButtons({ visit }: { visit: Visit }) {
  const spans: [string, MessageKey][] = [
    ['hour', 'dev.plus_hour'],
    ['day', 'dev.plus_day'],
    ['week', 'dev.plus_week'],
  ];
  return (
    <Form visit={visit} action="/dev/clock" class="is-inline" label={visit.t('dev.move')}>
      {spans.map(([value, key]) => (
        <Button name="by" value={value}>
          {visit.t(key)}
        </Button>
      ))}
    </Form>
  );
}

function Campaigns({ visit, campaigns, movable }: { visit: Visit; campaigns: LiveCampaign[]; movable: boolean }) {
  const { t } = visit;
  const cents = (value: bigint, currency: string) => formatMoney(money(value, currency as Currency), visit.locale);
  return (
    <DataTable
      caption={t('dev.campaigns')}
      columns={[
        { label: t('dev.project') },
        { label: t('dev.state') },
        { label: t('dev.raised'), numeric: true },
        { label: t('dev.ends') },
        { label: t('dev.move'), name: '', class: 'dev-go' },
      ]}
      rows={campaigns.map((campaign) => [
        <ProjectLink visit={visit} {...campaign} />,
        <StateChip t={t} of="campaign" state={campaign.state} />,
        t('dev.of_minimum', {
          raised: cents(campaign.raised_cents, campaign.currency),
          minimum: cents(campaign.minimum_cents, campaign.currency),
        }),
        <Time at={campaign.ends_at}>
          {campaign.state === 'collecting' ? visit.moment(campaign.ends_at) : endOf(visit, campaign.ends_at)}
        </Time>,
        movable && (
          <Form visit={visit} action="/dev/clock" class="is-tight">
            <Button small name="campaign" value={campaign.id}>
              {campaign.state === 'collecting' ? t('dev.to_end_of_grace') : t('dev.to_end_of_round')}
              <span class="visually-hidden">: {visit.text(campaign.title, campaign.locale).text}</span>
            </Button>
          </Form>
        ),
      ])}
      empty={<Empty title={t('dev.no_campaigns')} />}
    />
  );
}

/** A round ends with its last day. */
function endOf(visit: Visit, at: Temporal.Instant): string {
  const zone = visit.node.time_zone;
  return visit.t('desk.end_of_day', { day: visit.day(lastDay(at, zone)), city: zoneCity(zone) });
}

function ComingTable({ visit, coming }: { visit: Visit; coming: Coming[] }) {
  const { t } = visit;
  return (
    <DataTable
      caption={t('dev.coming')}
      columns={[{ label: t('dev.when') }, { label: t('dev.what') }, { label: t('dev.project') }]}
      rows={coming.map((each) => [
        <Time at={each.at}>{each.kind === 'round_ends' ? endOf(visit, each.at) : visit.moment(each.at)}</Time>,
        t(`dev.coming_${each.kind}`, { n: each.n }),
        each.slug ? <ProjectLink visit={visit} slug={each.slug} title={each.title} locale={each.locale} /> : '',
      ])}
      empty={<Empty title={t('dev.nothing_comes')} />}
    />
  );
}

function HappenedTable({ visit, happened }: { visit: Visit; happened: Happened[] }) {
  const { t } = visit;
  return (
    <section id="happened" class="stack">
      <Notice kind="done" live>
        {t('dev.moved', { now: visit.moment(visit.now), n: happened.reduce((sum, each) => sum + each.n, 0) })}
      </Notice>
      {happened.length > 0 && (
        <DataTable
          caption={t('dev.happened')}
          columns={[
            { label: t('dev.when') },
            { label: t('dev.what') },
            { label: t('dev.times'), numeric: true },
            { label: t('dev.project') },
          ]}
          rows={happened.map((each) => [
            <Time at={each.at}>{visit.moment(each.at)}</Time>,
            t.maybe(`desk.event_${each.kind}`) ?? each.kind.replaceAll('_', ' '),
            visit.number(each.n),
            each.slug ? <ProjectLink visit={visit} slug={each.slug} title={each.title} locale={each.locale} /> : '',
          ])}
        />
      )}
      <p>
        <a href={visit.to('/dev/mail')}>{t('dev.see_mails')}</a>
      </p>
    </section>
  );
}

function ProjectLink({
  visit,
  slug,
  title,
  locale,
}: {
  visit: Visit;
  slug: string;
  title: Coming['title'];
  locale: Coming['locale'];
}) {
  const { text, lang } = visit.text(title ?? {}, locale ?? undefined);
  return (
    <a href={visit.to(`/projects/${slug}`)} lang={lang}>
      {text || slug}
    </a>
  );
}
