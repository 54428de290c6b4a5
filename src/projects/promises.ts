import type { Promises } from '../platform/promises.ts';

/** What must never be false of projects and campaigns. Each returns no row. */
export const promises: Promises = {
  minimum_is_the_essential_lines: `
    select k.id, k.state, k.minimum_cents, sum(l.amount_cents) filter (where l.essential) as essential_cents from campaigns k
      join budget_lines l on l.campaign_id = k.id where k.state not in ('draft', 'changes_requested')
     group by k.id having k.minimum_cents is distinct from sum(l.amount_cents) filter (where l.essential)`,
  optimum_is_all_lines: `
    select k.id, k.state, k.optimum_cents, sum(l.amount_cents) as lines_cents from campaigns k
      join budget_lines l on l.campaign_id = k.id where k.state not in ('draft', 'changes_requested')
     group by k.id having k.optimum_cents <> sum(l.amount_cents)`,
  campaign_stands_in_its_projects_node: `
    select k.id, k.node_id, p.node_id as project_node_id from campaigns k join projects p on p.id = k.project_id
     where k.node_id <> p.node_id and k.state not in ('funded', 'fulfilled', 'failed', 'stopped', 'rejected', 'withdrawn', 'closed')`,
  stopped_campaign_says_why: `
    select id from campaigns where state = 'stopped' and coalesce(stop_reason, '') = ''`,
  project_has_its_original_words: `
    select id, slug, locale from projects where coalesce(title ->> locale, '') = '' or coalesce(claim ->> locale, '') = ''`,
};
