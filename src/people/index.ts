export { type Entered, enterByPassword, leave } from './enter.ts';
export { type Caller, type House, isMailbox, mailbox, openHouse, personOfMailbox } from './house.ts';
export { askLink, enterByLink } from './mail-link.ts';
export { type WhyNotPassword, whyNotPassword } from './password.ts';
export type { Person, PersonId } from './person.ts';
export { changeProfile, hasPassword } from './profile.ts';
export { askReset, personOfReset, resetPassword } from './reset.ts';
export {
  type Grant,
  grantRole,
  may,
  type Role,
  type RoleName,
  roles_of_scope,
  rolesOf,
  type Scope,
  withdrawRole,
} from './roles.ts';
export { endOtherSessions, endSession, type Session, type SignedIn, sessionsOf, signedIn } from './sessions.ts';
export { askProof, type SigningUp, signUp } from './sign-up.ts';
export { minutes_of_link } from './tokens.ts';
export { addressOf, confirmAddress } from './verify.ts';
