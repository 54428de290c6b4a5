import { DataTable, Empty, Time } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { AccountTotal, ActLine, DeclinedLine, Waiting } from '../money-queries.ts';
import { TreasurerFrame } from './frame.tsx';
import { amountOf, ProjectLink, wordOf } from './words.tsx';

type Framed = { visit: Visit; waiting: Waiting };

/** The first page of the treasurer's desk: what waits for a hand, then what every kind of account holds. */
export function MoneyPage({ visit, waiting, accounts }: Framed & { accounts: AccountTotal[] }) {
  const { t } = visit;
  const queues = (['transfers', 'parked', 'refunds', 'unanswered', 'declined'] as const).filter((queue) => waiting[queue] > 0);
  return (
    <TreasurerFrame visit={visit} current="overview" waiting={waiting}>
      <section class="stack is-tight" aria-labelledby="waiting">
        <h2 id="waiting">{t('desk.waiting_title')}</h2>
        {queues.length === 0 && <p class="muted">{t('desk.waiting_nothing')}</p>}
        <ul class="desk-queues">
          {queues.map((queue) => (
            <li>
              <a href={visit.to(`/desk/money/${queue === 'unanswered' ? 'refunds' : queue}`)}>
                <span class="big-num">{visit.number(waiting[queue])}</span>
                <span>{t(`desk.waiting_${queue}`, { n: waiting[queue] })}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section class="stack is-tight">
        <DataTable
          caption={t('desk.accounts_title', { host: visit.node.host.name })}
          columns={[
            { label: t('desk.account') },
            { label: t('desk.account_means') },
            { label: t('desk.account_count'), numeric: true },
            { label: t('desk.account_holds'), numeric: true },
          ]}
          rows={accounts.map((account) => [
            wordOf(visit, 'account', account.kind) + (account.owner ? ` · ${wordOf(visit, 'method', account.owner)}` : ''),
            <span class="small muted">{t.maybe(`desk.means_${account.kind}`) ?? ''}</span>,
            visit.number(account.accounts),
            amountOf(visit, account.balance_cents, account.currency),
          ])}
          empty={<Empty title={t('desk.accounts_empty')} />}
        />
        <p class="small muted">{t('desk.accounts_note')}</p>
      </section>
    </TreasurerFrame>
  );
}

/** Cards that were declined: nothing to do but to know. */
export function DeclinedPage({ visit, waiting, declined }: Framed & { declined: DeclinedLine[] }) {
  const { t } = visit;
  return (
    <TreasurerFrame visit={visit} current="declined" waiting={waiting}>
      <p class="lede">{t('desk.declined_lede')}</p>
      <DataTable
        caption={t('desk.tab_declined')}
        quiet_caption
        columns={[
          { label: t('desk.project') },
          { label: t('desk.contributions'), numeric: true },
          { label: t('desk.amount'), numeric: true },
          { label: t('desk.next_retry') },
          { label: t('desk.mend_until') },
        ]}
        rows={declined.map((line) => [
          <ProjectLink visit={visit} {...line} />,
          visit.number(line.n),
          amountOf(visit, line.cents, line.currency),
          line.next_retry_at ? <Time at={line.next_retry_at}>{visit.moment(line.next_retry_at)}</Time> : t('desk.no_retry'),
          line.grace_ends_at ? <Time at={line.grace_ends_at}>{visit.moment(line.grace_ends_at)}</Time> : '',
        ])}
        empty={<Empty title={t('desk.declined_none')} />}
      />
    </TreasurerFrame>
  );
}

/** Who did what with this host's money. These rows are never edited. */
export function ActsPage({ visit, waiting, acts }: Framed & { acts: ActLine[] }) {
  const { t } = visit;
  return (
    <TreasurerFrame visit={visit} current="acts" waiting={waiting}>
      <p class="lede">{t('desk.acts_lede')}</p>
      <DataTable
        caption={t('desk.tab_acts')}
        quiet_caption
        columns={[{ label: t('desk.when') }, { label: t('desk.who') }, { label: t('desk.what') }, { label: t('desk.more') }]}
        rows={acts.map((act) => [
          <Time at={act.at}>{visit.moment(act.at)}</Time>,
          act.actor ?? t('desk.system'),
          wordOf(visit, 'act', act.act),
          <span class="small">{detailsOf(visit, act)}</span>,
        ])}
        empty={<Empty title={t('desk.acts_none')} />}
      />
    </TreasurerFrame>
  );
}

function detailsOf(visit: Visit, { after, reason }: ActLine): string {
  const cents = after?.cents ?? after?.amount_cents;
  const amount =
    typeof cents === 'string' || typeof cents === 'number' ? amountOf(visit, BigInt(cents), visit.node.host.currency) : '';
  const reference = typeof after?.reference === 'string' ? after.reference : '';
  const resolution = typeof after?.resolution === 'string' ? after.resolution : '';
  return [amount, reference, resolution, reason].filter(Boolean).join(' · ');
}
