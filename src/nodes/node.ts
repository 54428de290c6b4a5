import type { Currency, Id } from '../kit/index.ts';
import { isLocale, type Locale, type Texts } from '../platform/i18n.ts';

export type NodeId = Id<'node'>;
export type HostId = Id<'host'>;

/** The legal entity that receives and holds the money of a node. */
export type Host = Readonly<{
  id: HostId;
  slug: string;
  name: string;
  legal_form: string;
  country: string;
  currency: Currency;
  iban: string;
  account_holder: string;
  demonstration: boolean;
}>;

/** Colours as oklch(), one pair for light paper and one for dark. */
export type NodeLook = Readonly<{ light: { water: string; clay: string }; dark: { water: string; clay: string } }>;

export type TeamMember = Readonly<{
  name: string;
  role?: Texts;
  kind?: 'person' | 'organisation';
  demonstration?: boolean;
  url?: string;
}>;

/** A local or thematic community. Everything public belongs to one. */
export type Node = Readonly<{
  id: NodeId;
  host_id: HostId;
  slug: string;
  kind: 'main' | 'local' | 'thematic';
  domain: string | null;
  name: Texts;
  tagline: Texts;
  about: Texts;
  terms: Texts;
  team: readonly TeamMember[];
  look: NodeLook;
  locales: readonly Locale[];
  default_locale: Locale;
  time_zone: string;
  currency: Currency;
  host: Host;
  settings: Settings;
}>;

/** The numbers of domain.md and money.md that a node may choose for itself. */
export type Settings = Readonly<{
  /** Days of each round. */
  round_days: number;
  minimum_contribution_cents: bigint;
  maximum_contribution_cents: bigint;
  /** Days in which a declined contribution may be mended. */
  grace_days: number;
  /** Days after the close on which a declined contribution is tried again. */
  retry_days: readonly number[];
  /** Basis points of the minimum that may be missing when collecting ends. */
  tolerance_bp: number;
  /** Minutes after which a card checkout that was not finished frees its reservation. */
  card_minutes: number;
  /** Days after which an announced transfer that did not arrive frees its reservation. */
  transfer_days: number;
  /** Basis points of what was collected that the node keeps. */
  fee_bp: number;
  /** Hours before the end in which nobody may withdraw if that would break the minimum. */
  withdrawal_closed_hours: number;
  /** Cash above this amount asks for a second pair of eyes. */
  cash_two_eyes_cents: bigint;
  /** Categories a project may have. */
  categories_max: number;
}>;

export const default_settings: Settings = Object.freeze({
  round_days: 40,
  minimum_contribution_cents: 100n,
  maximum_contribution_cents: 1_000_000n,
  grace_days: 7,
  retry_days: [1, 3, 5, 7],
  tolerance_bp: 500,
  card_minutes: 60,
  transfer_days: 10,
  fee_bp: 400,
  withdrawal_closed_hours: 24,
  cash_two_eyes_cents: 100_000n,
  categories_max: 3,
});

/**
 * The defaults with what this node changed. A stored value of the wrong shape is our mistake and is refused loudly:
 * a node must never run on a number nobody chose.
 */
export function settingsOf(stored: Readonly<Record<string, unknown>>): Settings {
  const merged: Record<string, unknown> = { ...default_settings };
  for (const [key, value] of Object.entries(stored)) {
    if (!(key in default_settings)) continue;
    merged[key] = readSetting(key as keyof Settings, value);
  }
  return Object.freeze(merged) as Settings;
}

function readSetting(key: keyof Settings, value: unknown): unknown {
  const standard = default_settings[key];
  if (typeof standard === 'bigint' && isWhole(value)) return BigInt(value as number | string);
  if (typeof standard === 'number' && typeof value === 'number' && isWhole(value)) return value;
  if (Array.isArray(standard) && Array.isArray(value) && value.every(isWhole)) return value;
  throw new Error(`Node setting ${key} has a value of the wrong kind: ${JSON.stringify(value)}.`);
}

/** Cents are kept as decimal text or as a JSON number. */
function isWhole(value: unknown): boolean {
  return (
    (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) ||
    (typeof value === 'string' && /^\d{1,15}$/.test(value))
  );
}

/** The language a node speaks when the reader's is not among its own. */
export function localeFor(node: Node, wished: string | undefined): Locale {
  return isLocale(wished) && node.locales.includes(wished) ? wished : node.default_locale;
}
