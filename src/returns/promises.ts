import type { Promises } from '../platform/promises.ts';

/** What must never be false of collective returns. Each returns no row. */
export const promises: Promises = {
  delivered_return_can_be_found: `
    select id, state, url from returns where state in ('delivered', 'verified') and coalesce(url, '') = ''`,
  verified_return_says_by_whom: `
    select id, verified_on, verified_by from returns where state = 'verified' and (verified_on is null or coalesce(verified_by, '') = '')`,
  funded_return_has_a_due_date: `
    select r.id, k.state from returns r join campaigns k on k.id = r.campaign_id where k.state in ('funded', 'fulfilled') and r.due_on is null`,
  return_is_of_its_campaigns_project: `
    select r.id from returns r join campaigns k on k.id = r.campaign_id where k.project_id <> r.project_id`,
};
