import { type Currency, formatMoney, money } from '../kit/index.ts';
import type { Node } from '../nodes/index.ts';
import { speak } from '../platform/i18n.ts';
import type { Keeper } from './facts.ts';
import { type Mail, mailOf } from './letter.ts';
import { linkTo, type Post } from './links.ts';

export type Parked = {
  id: string;
  host_id: string | null;
  gateway: string;
  why: string;
  amount_cents: bigint | null;
  currency: Currency | null;
};

/** To a treasurer: money waits for a decision. */
export function parkedMail(post: Post, node: Node, to: Keeper, parked: Parked, event_id: bigint): Mail {
  const t = speak(to.locale);
  const known = parked.amount_cents !== null && parked.currency !== null;
  const amount = known
    ? formatMoney(money(parked.amount_cents ?? 0n, parked.currency ?? 'EUR'), to.locale)
    : t('mail.parked_unknown_amount');
  return mailOf(
    {
      ...frame(node, to),
      subject: t('mail.parked_subject', { amount }),
      title: t('mail.parked_title', { amount }),
      paragraphs: [t('mail.parked_text')],
      facts: [
        [t('mail.fact_why'), t.maybe(`mail.parked_why_${parked.why}`) ?? parked.why],
        [t('mail.fact_gateway'), t.maybe(`mail.method_${parked.gateway}`) ?? parked.gateway],
      ],
      action: { label: t('mail.action_money_desk'), url: linkTo(post, node, to.locale, '/desk/money') },
      foot: [parked.host_id ? t('mail.why_treasurer', { host: node.host.name }) : t('mail.why_operator')],
    },
    { key: `event:${event_id}:${to.id}`, kind: 'keeper_parked', to: to.email },
  );
}

/** To an operator: something that must never be false is. */
export function alarmMail(post: Post, node: Node, to: Keeper, broken: readonly string[], event_id: bigint): Mail {
  const t = speak(to.locale);
  return mailOf(
    {
      ...frame(node, to),
      subject: t('mail.alarm_subject', { n: broken.length }),
      title: t('mail.alarm_title', { n: broken.length }),
      paragraphs: [t('mail.alarm_text')],
      facts: broken.map((promise) => [t('mail.fact_broken'), promise.replaceAll('_', ' ')] as const),
      action: { label: t('mail.action_accounts'), url: linkTo(post, node, to.locale, '/accounts') },
      foot: [t('mail.why_operator')],
    },
    { key: `event:${event_id}:${to.id}`, kind: 'keeper_alarm', to: to.email },
  );
}

function frame(node: Node, to: Keeper) {
  const { locale } = to;
  const hello = speak(locale)('mail.hello', { name: to.name });
  return { locale, node, hello, after: [], stop: null };
}
