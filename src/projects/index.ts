export { campaign_edges, campaign_states, type CampaignState, type Course, live_campaign_states, mayMove, reachedWithTolerance, type Standing, whatNext } from './campaign.ts';
