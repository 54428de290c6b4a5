import { Amounts, Bar, Choice, Choices, Select, shareOf, TextArea } from '../../look/index.ts';
import { type Reward, unitsLeft } from '../../rewards/index.ts';
import { choices_if_failed, visibilities } from '../contribution.ts';
import { type Draft, presets_cents } from './form-page.tsx';
import { hostOf, moneyIn, monthOf, nodeNameOf, plain } from './words.ts';

type Part = { draft: Draft };

export function HowMuch({ draft }: Part) {
  const { visit, facts, values, errors } = draft;
  return (
    <Amounts
      visit={visit}
      name="amount"
      legend={visit.t('contribute.amount')}
      hint={visit.t('contribute.amount_hint', limitsOf(draft))}
      amounts_cents={presets_cents}
      value={values.amount}
      free_value={values.amount_free}
      error={errors.amount}
      currency={facts.campaign.currency}
    />
  );
}

export function limitsOf({ visit, facts }: Pick<Draft, 'visit' | 'facts'>): { min: string; max: string } {
  const { minimum_contribution_cents, maximum_contribution_cents } = visit.node.settings;
  const { currency } = facts.campaign;
  return { min: moneyIn(visit, minimum_contribution_cents, currency), max: moneyIn(visit, maximum_contribution_cents, currency) };
}

/** An amount proposes a reward, it never imposes one: nothing is the first choice. */
export function InReturn({ draft }: Part) {
  const { visit, facts, values, errors } = draft;
  const { t } = visit;
  if (facts.rewards.length === 0) return null;
  const chosen = facts.rewards.find((reward) => reward.id === values.reward && unitsLeft(reward) !== 0);
  return (
    <Choices name="reward" legend={t('contribute.reward')} error={errors.reward}>
      <Choice
        name="reward"
        value=""
        checked={!chosen}
        label={t('contribute.reward_none')}
        more={t('contribute.reward_none_more')}
      />
      {facts.rewards.map((reward) => (
        <RewardChoice draft={draft} reward={reward} />
      ))}
    </Choices>
  );
}

function RewardChoice({ draft, reward }: Part & { reward: Reward }) {
  const { visit, facts, values } = draft;
  const { t } = visit;
  const title = visit.text(reward.title, facts.campaign.locale);
  const gone = unitsLeft(reward) === 0;
  const asks = reward.question !== null || reward.needs_address;
  return (
    <Choice
      name="reward"
      value={reward.id}
      checked={values.reward === reward.id && !gone}
      disabled={gone}
      label={title.text}
      lang={title.lang}
      aside={t('contribute.reward_from', { amount: moneyIn(visit, reward.amount_cents, facts.campaign.currency) })}
      more={<RewardMore draft={draft} reward={reward} />}
    >
      {asks && !gone && <RewardAsks draft={draft} reward={reward} />}
    </Choice>
  );
}

function RewardMore({ draft: { visit, facts }, reward }: Part & { reward: Reward }) {
  const { t } = visit;
  const about = visit.text(reward.about, facts.campaign.locale);
  const left = unitsLeft(reward);
  const words = [
    left === 0
      ? t('contribute.reward_sold_out', { units: reward.units })
      : left !== null && t('contribute.reward_left', { left, units: reward.units }),
    reward.delivery_on && left !== 0 && t('contribute.reward_delivery', { month: monthOf(visit.locale, reward.delivery_on) }),
    reward.needs_address && left !== 0 && t('contribute.reward_post'),
  ].filter((word) => typeof word === 'string');
  return (
    <>
      {about.text && <span lang={about.lang}>{about.text}</span>}
      {words.length > 0 && (
        <span class="reward-words" lang={visit.locale}>
          {words.join(' · ')}
        </span>
      )}
    </>
  );
}

/** What a reward needs to know stands inside its own choice, and shows when it is chosen. */
function RewardAsks({ draft, reward }: Part & { reward: Reward }) {
  const { visit, facts, values, errors } = draft;
  const { t } = visit;
  const question = reward.question ? visit.text(reward.question, facts.campaign.locale) : null;
  const [answer, address] = [`answer_${reward.id}`, `address_${reward.id}`];
  return (
    <div class="stack" lang={visit.locale}>
      {question && (
        <TextArea
          t={t}
          name={answer}
          label={<span lang={question.lang}>{question.text}</span>}
          rows={2}
          maxlength={300}
          value={values[answer] ?? ''}
          error={errors[answer]}
        />
      )}
      {reward.needs_address && (
        <TextArea
          t={t}
          name={address}
          label={t('contribute.address')}
          hint={t('contribute.address_hint')}
          rows={4}
          maxlength={400}
          value={values[address] ?? ''}
          error={errors[address]}
        />
      )}
    </div>
  );
}

export function WhatItPaysFor({ draft }: Part) {
  const { visit, facts, values, errors } = draft;
  const { t } = visit;
  if (facts.lines.length < 2) return null;
  const next = facts.lines.find((line) => line.filled_cents < line.amount_cents);
  const now = next
    ? t('contribute.wish_needed_now', { line: plain(visit, next.title, facts.campaign.locale) })
    : t('contribute.wish_needed_full');
  return (
    <Choices name="wish" legend={t('contribute.wish')} error={errors.wish}>
      <Choice name="wish" value="needed" checked={values.wish !== 'lines'} label={t('contribute.wish_needed')} more={now} />
      <Choice
        name="wish"
        value="lines"
        checked={values.wish === 'lines'}
        label={t('contribute.wish_lines')}
        more={t('contribute.wish_lines_more')}
      >
        <ul class="wish-lines">
          {facts.lines.map((line) => (
            <WishLine draft={draft} line={line} />
          ))}
        </ul>
      </Choice>
    </Choices>
  );
}

function WishLine({ draft, line }: Part & { line: Draft['facts']['lines'][number] }) {
  const { visit, facts } = draft;
  const { t } = visit;
  const title = visit.text(line.title, facts.campaign.locale);
  const { currency } = facts.campaign;
  const id = `f-line-${line.id}`;
  const full = line.filled_cents >= line.amount_cents;
  const so_far = { filled: moneyIn(visit, line.filled_cents, currency), amount: moneyIn(visit, line.amount_cents, currency) };
  return (
    <li class="wish-line">
      <input
        type="checkbox"
        name="line"
        value={line.id}
        id={id}
        checked={draft.lines.includes(line.id)}
        aria-describedby={`${id}-more`}
      />
      <label for={id} lang={title.lang}>
        {title.text}
      </label>
      <span class="small muted" id={`${id}-more`}>
        {t(line.essential ? 'contribute.line_essential' : 'contribute.line_additional')} ·{' '}
        {full
          ? t('contribute.line_full', so_far)
          : t('contribute.line_so_far', { ...so_far, percent: shareOf(line.filled_cents, line.amount_cents) })}
      </span>
      <Bar filled={line.share} />
    </li>
  );
}

export function WhoSees({ draft }: Part) {
  const { visit, values, errors } = draft;
  const { t } = visit;
  return (
    <Choices name="visibility" legend={t('contribute.visibility')} error={errors.visibility}>
      {visibilities.map((visibility) => (
        <Choice
          name="visibility"
          value={visibility}
          checked={(values.visibility ?? 'public') === visibility}
          label={t(`contribute.visibility_${visibility}`)}
          more={t(`contribute.visibility_${visibility}_more`)}
        />
      ))}
    </Choices>
  );
}

/** In round two the minimum is safe and the project goes ahead: there is nothing to choose. */
export function IfItFails({ draft }: Part) {
  const { visit, facts, values, errors } = draft;
  const { t } = visit;
  if (facts.campaign.state === 'round_two' || facts.campaign.state === 'open') return null;
  const chosen = values.if_failed ?? 'back_to_me';
  const offered = choices_if_failed.filter((choice) => {
    if (choice === 'wallet') return visit.person !== null;
    return choice !== 'another_campaign' || facts.others.length > 0;
  });
  const is_open = chosen !== 'back_to_me' || Boolean(errors.if_failed) || Boolean(errors.other);
  return (
    <details class="giving-fold" open={is_open}>
      <summary>
        <span class="giving-fold-title">{t('contribute.if_failed')}</span>
        <span class="field-hint">{t('contribute.if_failed_else')}</span>
      </summary>
      <Choices
        name="if_failed"
        legend={t('contribute.if_failed')}
        quiet_legend
        hint={t('contribute.if_failed_hint')}
        error={errors.if_failed}
      >
        {offered.map((choice) => (
          <Choice
            name="if_failed"
            value={choice}
            checked={chosen === choice}
            label={t(`contribute.if_failed_${choice}`, { node: nodeNameOf(visit) })}
            more={t(`contribute.if_failed_${choice}_more`, { node: nodeNameOf(visit), host: hostOf(visit) })}
          >
            {choice === 'another_campaign' && <OtherCampaigns draft={draft} />}
          </Choice>
        ))}
      </Choices>
    </details>
  );
}

function OtherCampaigns({ draft: { visit, facts, values, errors } }: Part) {
  const { t } = visit;
  const options = facts.others.map((other) => ({ value: other.id, label: plain(visit, other.title, other.locale) }));
  return (
    <Select
      t={t}
      name="other"
      label={t('contribute.other')}
      options={[{ value: '', label: t('contribute.other_choose') }, ...options]}
      value={values.other ?? ''}
      error={errors.other}
    />
  );
}
