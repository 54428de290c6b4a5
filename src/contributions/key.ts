import { isSealOf, seal } from '../platform/seal.ts';

/** The key that opens one contribution without an account: it stands in the links of its mails. `secret` is the installation's. */
export function contributionKey(secret: string, contribution_id: string): string {
  return seal(secret, 'contribution', contribution_id);
}

export function isContributionKey(secret: string, contribution_id: string, given: string | undefined): boolean {
  return given !== undefined && isSealOf(secret, 'contribution', contribution_id, given);
}
