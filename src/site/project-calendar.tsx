import { zoneCity } from '../kit/index.ts';
import { type Step, Steps } from '../look/index.ts';
import type { Campaign } from '../projects/index.ts';
import { deadline, moneyOf, monthOf, said, type View, wentBack } from './project-words.ts';

/** What happened and what comes next, each with its instant in the campaign's own time. */
export function Calendar({ view }: { view: View }) {
  const { t } = view.visit;
  const { campaign } = view.facts;
  if (!campaign) return <p class="muted">{t('project.money_none')}</p>;
  return (
    <>
      <p class="muted">{t('project.calendar_intro', { city: zoneCity(campaign.time_zone) })}</p>
      <Steps t={t} steps={[...moneySteps(view, campaign), ...returnSteps(view)]} />
    </>
  );
}

function moneySteps(view: View, campaign: Campaign): Step[] {
  const { t } = view.visit;
  const steps = [opening(view, campaign)];
  if (campaign.state === 'open' || campaign.state === 'closed')
    return campaign.closed_at ? [...steps, step(view, t('project.cal_closed'), campaign.closed_at)] : steps;
  if (campaign.state === 'stopped')
    return [...steps, ...passed(view, campaign), ending(view, campaign, t('project.cal_stopped'), campaign.stop_reason ?? '')];
  if (campaign.state === 'failed')
    return [...steps, ...passed(view, campaign), ending(view, campaign, t('project.cal_failed'), t('project.cal_failed_text'))];
  return [...steps, ...passed(view, campaign), ...coming(view, campaign)];
}

function opening(view: View, campaign: Campaign): Step {
  const { t } = view.visit;
  const before = campaign.state === 'scheduled';
  const title =
    campaign.state === 'open' || campaign.state === 'closed'
      ? t('project.cal_opened_open')
      : t(before ? 'project.cal_opens' : 'project.cal_opened');
  return step(view, title, campaign.opened_at);
}

/** Rounds that are over. */
function passed(view: View, campaign: Campaign): Step[] {
  const { t } = view.visit;
  const steps: Step[] = [];
  const pledged_cents = campaign.closing_pledged_cents;
  if (campaign.round_one_ended_at) {
    const result = pledged_cents === null ? '' : t('project.cal_round_one_result', { pledged: moneyOf(view, pledged_cents) });
    steps.push(step(view, t('project.cal_round_one_ended'), campaign.round_one_ended_at, result));
  }
  if (campaign.secured_at) steps.push(step(view, t('project.cal_secured'), campaign.secured_at));
  return steps;
}

function coming(view: View, campaign: Campaign): Step[] {
  const { t } = view.visit;
  const { state } = campaign;
  const steps: Step[] = [];
  if (state === 'scheduled' || state === 'round_one') {
    const text = t('project.cal_round_one_text', { minimum: moneyOf(view, campaign.minimum_cents) });
    steps.push(
      step(view, t('project.cal_round_one_ends'), state === 'round_one' ? campaign.ends_at : null, text, state === 'round_one'),
    );
    steps.push({
      title: t('project.cal_collecting'),
      text: t('project.cal_collecting_later', { n: campaign.grace_days }),
      state: 'later',
    });
  }
  if (state === 'collecting') {
    const grace = campaign.grace_ends_at ? deadline(view.visit, campaign.grace_ends_at, campaign.time_zone) : '';
    steps.push({ title: t('project.cal_collecting'), text: t('project.cal_collecting_text', { grace }), state: 'now' });
  }
  const optimum = t('project.cal_round_two_text', { optimum: moneyOf(view, campaign.optimum_cents) });
  if (state === 'round_two') steps.push(step(view, t('project.cal_round_two_ends'), campaign.ends_at, optimum, true));
  else if (campaign.rounds === 2 && state !== 'funded' && state !== 'fulfilled') {
    steps.push({ title: t('project.cal_round_two', { n: campaign.round_days }), text: optimum, state: 'later' });
  }
  if (state === 'funded' || state === 'fulfilled') {
    steps.push(
      step(
        view,
        t('project.cal_funded'),
        campaign.closed_at,
        t('project.cal_funded_text', { raised: moneyOf(view, view.facts.raised.raised_cents) }),
      ),
    );
  }
  steps.push({ title: t('project.cal_paid'), state: state === 'fulfilled' ? 'done' : 'later' });
  return steps;
}

function ending(view: View, campaign: Campaign, title: string, text: string): Step {
  return step(view, title, campaign.closed_at, text);
}

function returnSteps(view: View): Step[] {
  const { t } = view.visit;
  if (wentBack(view.facts.campaign)) return [];
  const by_month = new Map<string, string[]>();
  for (const one of view.facts.returns) {
    if (one.due_on) by_month.set(one.due_on, [...(by_month.get(one.due_on) ?? []), said(view, one.title).text]);
  }
  return [...by_month].sort().map(([due_on, titles]) => ({
    title: t('project.cal_returns', { titles: titles.join(', ') }),
    text: monthOf(view.visit.locale, due_on),
    state: view.facts.returns.some((one) => one.due_on === due_on && (one.state === 'promised' || one.state === 'late'))
      ? 'later'
      : 'done',
  }));
}

/** Done when its instant has passed; `now` marks the one that runs. */
function step(view: View, title: string, at: Temporal.Instant | null, text = '', now = false): Step {
  const { campaign } = view.facts;
  const when = at && campaign ? deadline(view.visit, at, campaign.time_zone) : '';
  const done = at !== null && Temporal.Instant.compare(at, view.visit.now) <= 0;
  return { title, text: [when, text].filter(Boolean).join('. '), state: now ? 'now' : done ? 'done' : 'later' };
}
