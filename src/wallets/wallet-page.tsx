import { ButtonLink, DataTable, Empty, Panel, Time } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import type { Visit } from '../visits/index.ts';
import type { Wallet, WalletMove } from './queries.ts';

type Seen = { visit: Visit; wallets: Wallet[]; moves: WalletMove[]; nodes: readonly Node[]; page: number; more: boolean };

/** What each host keeps, what it is, how it is used, and where every cent came from. */
export function WalletPage({ seen }: { seen: Seen }) {
  const { visit, wallets, moves } = seen;
  const { t } = visit;
  return (
    <>
      <h1>{t('wallet.title')}</h1>
      <p class="lede">{t('wallet.lead')}</p>
      {wallets.length === 0 ? (
        <Empty title={t('wallet.none')} action={<ButtonLink href={visit.to('/explore')}>{t('wallet.explore')}</ButtonLink>}>
          {t('wallet.none_text')}
        </Empty>
      ) : (
        <div class="grid">
          {wallets.map((wallet) => (
            <Panel title={wallet.host_name} level={2}>
              <p class="big-num">{visit.money(wallet.balance_cents, wallet.currency)}</p>
              <p class="small muted">{t('wallet.kept', { host: wallet.host_name })}</p>
              {wallet.balance_cents > 0n && (
                <p>
                  <ButtonLink href={visit.to('/explore')}>{t('wallet.use')}</ButtonLink>
                </p>
              )}
            </Panel>
          ))}
        </div>
      )}
      {moves.length > 0 && (
        <section class="stack">
          <h2>{t('wallet.moves')}</h2>
          <DataTable
            caption={t('wallet.moves')}
            quiet_caption
            columns={columns(seen)}
            rows={moves.map((move) => cells(seen, move))}
          />
          <Onward seen={seen} />
        </section>
      )}
      <section class="stack measure">
        <h2>{t('wallet.what')}</h2>
        <p>{t('wallet.what_text')}</p>
        <p>{t('wallet.what_back')}</p>
      </section>
    </>
  );
}

function columns({ visit: { t }, wallets }: Seen) {
  const host = { label: t('wallet.host') };
  return [
    { label: t('wallet.move') },
    { label: t('wallet.day') },
    ...(wallets.length > 1 ? [host] : []),
    { label: t('wallet.amount'), numeric: true },
  ];
}

function cells({ visit, wallets, nodes }: Seen, move: WalletMove) {
  const { t } = visit;
  const wallet = wallets.find((each) => each.account_id === move.account_id);
  const went_out = move.amount_cents < 0n;
  const what = t.maybe(`wallet.entry_${move.entry}${went_out ? '_out' : ''}`) ?? move.entry.replaceAll('_', ' ');
  const home = nodes.find((node) => node.id === move.node_id) ?? visit.node;
  const title = move.title ? visit.text(move.title, move.locale ?? undefined) : null;
  const cents = went_out ? -move.amount_cents : move.amount_cents;
  return [
    <>
      {what}
      {title && move.contribution_id && (
        <>
          {': '}
          <a href={visit.toNode(home, `/contributions/${move.contribution_id}`)} lang={title.lang}>
            {title.text}
          </a>
        </>
      )}
    </>,
    <Time at={move.at}>{visit.day(move.at)}</Time>,
    ...(wallets.length > 1 ? [wallet?.host_name ?? ''] : []),
    <span class="num">{`${went_out ? '−' : '+'} ${visit.money(cents, wallet?.currency)}`}</span>,
  ];
}

function Onward({ seen: { visit, page, more } }: { seen: Seen }) {
  if (page === 1 && !more) return null;
  return (
    <nav class="pages" aria-label={visit.t('look.pages')}>
      <ul>
        {page > 1 && (
          <li>
            <a href={visit.to(`/me/wallet?page=${page - 1}`)} rel="prev">
              {visit.t('look.previous')}
            </a>
          </li>
        )}
        {more && (
          <li>
            <a href={visit.to(`/me/wallet?page=${page + 1}`)} rel="next">
              {visit.t('look.next')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
