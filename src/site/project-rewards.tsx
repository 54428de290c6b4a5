import { ButtonLink } from '../look/index.ts';
import { type Reward, unitsLeft } from '../rewards/index.ts';
import { addressOf, isOpen, isOver, moneyOf, monthOf, said, type View } from './project-words.ts';

/** What givers may get, cheapest first as the promoter ordered them, with what is left of each. */
export function Rewards({ view }: { view: View }) {
  const { t } = view.visit;
  const { rewards } = view.facts;
  if (rewards.length === 0) return <p class="muted">{t('project.rewards_none')}</p>;
  return (
    <>
      <p class="muted measure">{t('project.rewards_intro')}</p>
      <ul class="rewards">
        {rewards.map((reward) => (
          <RewardCard view={view} reward={reward} />
        ))}
      </ul>
    </>
  );
}

function RewardCard({ view, reward }: { view: View; reward: Reward }) {
  const { t } = view.visit;
  const title = said(view, reward.title);
  const about = said(view, reward.about);
  const note = reward.note ? said(view, reward.note) : null;
  const left = unitsLeft(reward);
  const open = isOpen(view.facts.campaign, view.visit.now) && left !== 0;
  const choose = addressOf(view, 'contribute', `?reward=${reward.id}&amount=${reward.amount_cents}`);
  return (
    <li class={left === 0 ? 'reward is-gone' : 'reward'}>
      <h3 lang={title.lang}>{title.text}</h3>
      <b class="num">{moneyOf(view, reward.amount_cents)}</b>
      {about.text && <p lang={about.lang}>{about.text}</p>}
      <p class="reward-facts">
        {facts(view, reward, left).join(' · ')}{' '}
        {reward.demonstration && <em class="demonstration">{t('project.demonstration')}</em>}
      </p>
      {note?.text && (
        <p class="reward-note" lang={note.lang}>
          {note.text}
        </p>
      )}
      {open && (
        <ButtonLink small href={choose}>
          {t('project.reward_choose')}
          <span class="visually-hidden"> {t('project.reward_choose_this', { title: title.text })}</span>
        </ButtonLink>
      )}
    </li>
  );
}

function facts(view: View, reward: Reward, left: number | null): string[] {
  const { t } = view.visit;
  const stock =
    left === null
      ? reward.taken > 0 || !isOver(view.facts.campaign)
        ? t('project.reward_taken', { n: reward.taken })
        : ''
      : left === 0
        ? t('project.reward_sold_out', { units: reward.units })
        : t('project.reward_left', { left, units: reward.units });
  const more = [
    t(`project.reward_${reward.type}`),
    stock,
    reward.delivery_on && t('project.reward_delivery', { month: monthOf(view.visit.locale, reward.delivery_on) }),
    reward.needs_address && t('project.reward_address'),
    !reward.symbolic && t('project.reward_sale'),
  ];
  return more.filter((word) => typeof word === 'string' && word !== '') as string[];
}
