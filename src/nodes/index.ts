export {
  default_settings,
  type Host,
  type HostId,
  localeFor,
  type Node,
  type NodeId,
  type NodeLook,
  type Settings,
  settingsOf,
  type TeamMember,
} from './node.ts';
export { allNodes, forgetNodes, nodeById, nodeBySlug } from './queries.ts';
