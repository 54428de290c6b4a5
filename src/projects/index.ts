export { type BudgetLine, type FilledLine, fillLines, type LineKind, thresholdsOf } from './budget.ts';
export { type CampaignState, type Course, campaign_states, reachedWithTolerance, type Standing, whatNext } from './campaign.ts';
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
export {
  asks_json,
  type CampaignJson,
  campaign_json,
  fromPublicProject,
  type LineJson,
  lines_json,
  linesOf,
  type ProjectJson,
  project_json,
  projectBySlug,
  readCampaign,
  readLines,
  readUpdates,
  type UpdateJson,
  updatesJson,
} from './queries.ts';
