import type { Currency } from '../kit/index.ts';
import { Breadcrumbs, DataTable, Pagination, StateChip } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import type { CampaignAccount } from '../stats/index.ts';
import type { Visit } from '../visits/index.ts';

/** Campaigns with what they raised and what their ledger says; each leads to its ledger. */
export function CampaignsTable(props: {
  visit: Visit;
  nodes: readonly Node[];
  campaigns: readonly CampaignAccount[];
  caption: string;
}) {
  const { visit, nodes } = props;
  const { t } = visit;
  const numeric = (name: 'raised' | 'contributions' | 'collected' | 'returned' | 'held') => ({
    label: t(`accounts.name_${name}`),
    numeric: true,
  });
  const rows = props.campaigns.map((campaign) => {
    const node = nodes.find((each) => each.id === campaign.node_id) ?? visit.node;
    const title = visit.text(campaign.title, campaign.locale);
    const money = (cents: bigint) => visit.money(cents, campaign.currency as Currency);
    return [
      <>
        <a href={visit.toNode(node, `/projects/${campaign.slug}/ledger`)} lang={title.lang}>
          {title.text}
        </a>
        {campaign.demonstration && (
          <>
            {' '}
            <em class="demonstration">{t('look.demonstration')}</em>
          </>
        )}
      </>,
      <StateChip t={t} of="campaign" state={campaign.state} />,
      money(campaign.raised_cents),
      visit.number(campaign.contributions),
      money(campaign.collected_cents),
      money(campaign.returned_cents),
      money(campaign.held_cents),
    ];
  });
  return (
    <DataTable
      caption={props.caption}
      columns={[
        { label: t('accounts.campaign') },
        { label: t('accounts.state') },
        numeric('raised'),
        numeric('contributions'),
        numeric('collected'),
        numeric('returned'),
        numeric('held'),
      ]}
      rows={rows}
      empty={<p class="muted">{t('accounts.nothing_yet')}</p>}
    />
  );
}

/** All campaigns, page by page. */
export function CampaignsPage(props: {
  visit: Visit;
  nodes: readonly Node[];
  campaigns: readonly CampaignAccount[];
  count: number;
  page: number;
  pages: number;
}) {
  const { visit } = props;
  const { t } = visit;
  return (
    <>
      <Breadcrumbs
        t={t}
        trail={[{ href: visit.to('/accounts'), label: t('accounts.title') }, { label: t('accounts.part_ledgers') }]}
      />
      <h1>{t('accounts.campaigns_title')}</h1>
      <p class="measure">{t('accounts.ledgers_text')}</p>
      <p>
        <a href={visit.to('/accounts/campaigns.csv')} download>
          {t('accounts.campaigns_download')}
        </a>
      </p>
      <CampaignsTable
        visit={visit}
        nodes={props.nodes}
        campaigns={props.campaigns}
        caption={t('accounts.campaigns_all', { n: props.count })}
      />
      <Pagination
        t={t}
        page={props.page}
        pages={props.pages}
        href={(page) => visit.to(`/accounts/campaigns${page > 1 ? `?page=${page}` : ''}`)}
      />
    </>
  );
}
