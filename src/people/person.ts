import type { Id } from '../kit/index.ts';
import type { Locale } from '../platform/i18n.ts';

export type PersonId = Id<'person'>;

/** One account. What a person may do is not written here but in roles, each held on something. */
export type Person = Readonly<{
  id: PersonId;
  name: string;
  email: string;
  /** The person showed that this mailbox is theirs. */
  email_verified: boolean;
  locale: Locale;
}>;
