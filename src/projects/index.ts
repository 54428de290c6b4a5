export { type BudgetLine, type FilledLine, fillLines, type LineKind, thresholdsOf } from './budget.ts';
export {
  campaign_edges,
  campaign_states,
  type CampaignState,
  type Course,
  live_campaign_states,
  mayMove,
  reachedWithTolerance,
  type Standing,
  whatNext,
} from './campaign.ts';
export {
  type Ask,
  type Campaign,
  type Figures,
  type KnownFacts,
  type Project,
  type Raised,
  raisedBy,
  roundStart,
  type SectionId,
  section_ids,
  type Update,
  unpublished_states,
} from './project.ts';
export { promises } from './promises.ts';
export { linesOf, type ProjectWithCampaign, projectBySlug, publicCampaignOf, updatesOf } from './queries.ts';
