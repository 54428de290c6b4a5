import { refuse } from '../kit/index.ts';
import { type Db, row, rows, sql, type Trx, transact } from '../platform/db.ts';
import { type IfFailed, type State, type Visibility, whyCannotChange, whyCannotWithdraw } from './contribution.ts';
import { move } from './move.ts';

/**
 * The giver withdraws before the deadline: nothing was charged, the unit of the reward is free again. The campaign's totals are locked
 * first, as closing does, so a withdrawal and a close never both count the same money. Answers the kept methods to forget afterwards.
 * Refusals: whyCannotWithdraw's words (a `Refusal` with status 409).
 */
export async function withdraw(db: Db, contribution_id: string): Promise<{ forget: string[] }> {
  return transact(db, async (trx) => {
    const asked = await lockForDecision(trx, contribution_id);
    if (!asked) return refuse('contribution_is_unknown', 404);
    const why = whyCannotWithdraw({ ...asked, campaign: { ...asked, state: asked.campaign_state } }, asked.now);
    if (why) return refuse(why, 409);
    const moved = await move(trx, [{ id: contribution_id, to: 'withdrawn', at: asked.now }]);
    if (moved.length === 0) return refuse('contribution_has_ended', 409);
    await sql`update payments set state = 'abandoned', settled_at = moment() where contribution_id = ${contribution_id} and state = 'asked'`.execute(
      trx,
    );
    return { forget: await tokensOf(trx, [contribution_id]) };
  });
}

/** The kept methods of these contributions. */
export async function tokensOf(trx: Trx, contribution_ids: readonly string[]): Promise<string[]> {
  if (contribution_ids.length === 0) return [];
  const kept = await rows<{ method_token: string }>(
    trx,
    sql`update payments p set method_token = null from (select id, method_token from payments where contribution_id = any(${contribution_ids}::uuid[])
          and method_token is not null order by id for update) old where p.id = old.id returning old.method_token`,
  );
  return kept.map((payment) => payment.method_token);
}

type Decision = {
  state: State;
  amount_cents: bigint;
  campaign_state: string;
  ends_at: Temporal.Instant | null;
  minimum_cents: bigint;
  pledged_cents: bigint;
  closed_hours: number;
  now: Temporal.Instant;
};

async function lockForDecision(trx: Trx, contribution_id: string): Promise<Decision | undefined> {
  await sql`select from contributions where id = ${contribution_id} for update`.execute(trx);
  await sql`select from campaign_totals where campaign_id = (select campaign_id from contributions where id = ${contribution_id}) for update`.execute(
    trx,
  );
  return row<Decision>(
    trx,
    sql`select c.state, c.amount_cents, k.state as campaign_state, k.ends_at, k.minimum_cents,
               t.secured_cents + t.collected_cents + t.declined_cents as pledged_cents,
               coalesce((n.settings ->> 'withdrawal_closed_hours')::int, 24) as closed_hours, moment() as now
          from contributions c join campaigns k on k.id = c.campaign_id join campaign_totals t on t.campaign_id = k.id join nodes n on n.id = k.node_id
         where c.id = ${contribution_id}`,
  );
}

/** The giver decides again who may see this contribution. Allowed at any time: it is their name. */
export async function changeVisibility(trx: Trx, contribution_id: string, visibility: Visibility): Promise<void> {
  const changed = await sql`update contributions set visibility = ${visibility} where id = ${contribution_id}`.execute(trx);
  if (changed.numAffectedRows !== 1n) refuse('contribution_is_unknown', 404);
}

/** The giver decides again what happens if the campaign fails. Refusals: whyCannotChange's words, `wallet_needs_account`. */
export async function changeIfFailed(
  trx: Trx,
  contribution_id: string,
  if_failed: IfFailed,
  redirect_campaign_id: string | null,
): Promise<void> {
  const asked = await row<{ state: State; campaign_state: string; person_id: string | null }>(
    trx,
    sql`select c.state, k.state as campaign_state, c.person_id from contributions c join campaigns k on k.id = c.campaign_id
         where c.id = ${contribution_id} for update of c`,
  );
  if (!asked) return refuse('contribution_is_unknown', 404);
  const why = whyCannotChange(asked);
  if (why) return refuse(why, 409);
  if (if_failed === 'wallet' && !asked.person_id)
    refuse('wallet_needs_account', 422, { fields: { if_failed: 'wallet_needs_account' } });
  await sql`update contributions set if_failed = ${if_failed}, redirect_campaign_id = ${if_failed === 'another_campaign' ? redirect_campaign_id : null}
             where id = ${contribution_id}`.execute(trx);
}
