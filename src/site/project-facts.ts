import { type Db, row, sql } from '../platform/db.ts';
import {
  type Ask,
  asks_json,
  type Campaign,
  type CampaignJson,
  campaign_json,
  type FilledLine,
  fillLines,
  fromPublicProject,
  type LineJson,
  lines_json,
  type Project,
  type ProjectJson,
  project_json,
  type Raised,
  raisedBy,
  readCampaign,
  readLines,
  readUpdates,
  type Update,
  type UpdateJson,
  updatesJson,
} from '../projects/index.ts';
import { type Return, returns_json } from '../returns/index.ts';
import { type Reward, type RewardJson, readRewards, rewards_json } from '../rewards/index.ts';
import { type LedgerJson, type LedgerPage, ledgerJson, readLedger } from './ledger-facts.ts';
import {
  type Crowd,
  type CrowdJson,
  crowd_json,
  type Giver,
  type GiverJson,
  giversJson,
  keepCrowd,
  keptCrowd,
  readCrowd,
  readGivers,
} from './project-crowd.ts';

export const project_parts = ['budget', 'rewards', 'returns', 'hands', 'updates', 'people', 'ledger', 'calendar'] as const;
export type ProjectPart = (typeof project_parts)[number];

/** Everything the page of a project shows, gathered at one moment. */
export type ProjectFacts = {
  project: Project;
  campaign: Campaign | null;
  raised: Raised;
  lines: FilledLine[];
  overflow_cents: bigint;
  rewards: Reward[];
  returns: Return[];
  asks: Ask[];
  updates: Update[];
  updates_count: number;
  crowd: Crowd;
  givers: Giver[];
  ledger: LedgerPage;
};

/** How much of the lists that grow: a glance on the long page, a page of them on their own. */
export type Wanted = { updates: number; givers: number; givers_page: number; ledger: number; ledger_before: bigint | null };

export function wantedFor(part: ProjectPart | null, page: number, before: bigint | null): Wanted {
  return {
    updates: part === 'updates' ? 100 : part === null ? 2 : 0,
    givers: part === 'people' ? givers_per_page : part === null ? 12 : 0,
    givers_page: part === 'people' ? page : 1,
    ledger: part === 'ledger' ? 50 : part === null ? 6 : 1,
    ledger_before: part === 'ledger' ? before : null,
  };
}

export const givers_per_page = 60;

type Row = {
  project: ProjectJson;
  campaign: CampaignJson | null;
  lines: LineJson[];
  asks: Ask[];
  updates: UpdateJson[];
  rewards: RewardJson[];
  returns: Return[];
  givers: GiverJson[];
  ledger: LedgerJson[];
  crowd: CrowdJson | null;
};

/**
 * All that the page of a project needs, asked in one statement: one moment, one way to the database and back. Undefined when there is no
 * such public project.
 */
export async function projectFacts(db: Db, slug: string, wanted: Wanted): Promise<ProjectFacts | undefined> {
  const kept = keptCrowd(db, slug);
  const found = await row<Row>(
    db,
    sql`select ${project_json} as project, ${campaign_json} as campaign, ${lines_json} as lines, ${asks_json} as asks,
               ${wanted.updates > 0 ? updatesJson(wanted.updates) : none} as updates, ${rewards_json} as rewards, ${returns_json} as returns,
               ${wanted.givers > 0 ? giversJson(wanted.givers, (wanted.givers_page - 1) * wanted.givers) : none} as givers,
               ${wanted.ledger > 0 ? ledgerJson(wanted.ledger, wanted.ledger_before) : none} as ledger,
               ${kept ? sql`null` : crowd_json} as crowd
          from ${fromPublicProject(slug)}`,
  );
  if (!found) return undefined;
  const campaign = found.campaign && readCampaign(found.campaign);
  const crowd = kept ?? keepCrowd(db, slug, readCrowd(found.crowd ?? []));
  return {
    project: found.project,
    campaign,
    raised: campaign ? raisedBy(campaign) : no_money,
    ...fillLines(readLines(found.lines), crowd.gifts),
    rewards: readRewards(found.rewards),
    returns: found.returns,
    asks: found.asks,
    updates: readUpdates(found.updates),
    updates_count: found.project.updates_count,
    crowd,
    givers: readGivers(found.givers),
    ledger: readLedger(found.ledger, wanted.ledger),
  };
}

const none = sql`'[]'::json`;
const no_money: Raised = { raised_cents: 0n, collected_cents: 0n, secured_cents: 0n, declined_cents: 0n, contributions: 0 };
