export { advance } from './advance.ts';
export { markMilestones } from './milestones.ts';
export { promises } from './promises.ts';
export { stopCampaign } from './stop.ts';
export { tend } from './tend.ts';
