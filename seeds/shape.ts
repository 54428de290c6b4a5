/**
 * The shape of everything in `seeds/`: content only, no database. Amounts are whole cents of a euro.
 * `source` says where a fact was found; `demonstration: true` says that something was invented for this installation.
 */

export type LocaleCode = 'en' | 'fr' | 'es';
export type LocaleText = { en: string; fr: string; es: string };
export type LocaleWords = { en: string[]; fr: string[]; es: string[] };

// ---- reference/*.json ------------------------------------------------------------------------------------------------

type Row = { id: string; position: number; name: LocaleText };

/** `commitment` is the social commitment suggested by the category; `goteo_id` the number used in Goteo's open data. */
export type Category = Row & { goteo_id: number; commitment: string | null };

/** `goals` are suggested when the commitment is chosen; `goals_added` are ours, absent from the source. */
export type Commitment = Row & { goteo_id: number; about: LocaleText; goals: number[]; goals_added: number[] };

export type Footprint = 'ecological' | 'social' | 'democratic';
export type Goal = { id: number; position: number; name: LocaleText; footprints: Footprint[] };

export type ReturnTypeId = 'code' | 'design' | 'file' | 'manual' | 'data' | 'service' | 'other';
export type RewardTypeId = 'product' | 'service' | 'file' | 'thanks' | 'other';
export type NeedTypeId = 'task' | 'infrastructure' | 'material' | 'other';
export type AskTypeId = 'skill' | 'micro_task' | 'service' | 'thing_on_loan' | 'thing_to_keep' | 'place' | 'data';

/** `needs_licence`: a return of this type must name a licence of the table. */
export type ReturnType = Row & { id: ReturnTypeId; about: LocaleText; needs_licence: boolean };
export type RewardType = Row & { id: RewardTypeId; about: LocaleText };
export type NeedType = Row & { id: NeedTypeId; about: LocaleText };
export type AskType = Row & { id: AskTypeId; about: LocaleText };

/**
 * `open_definition`, `osi`, `oshwa`: the body behind the name lists or names this licence. `open`: anyone may use, change and
 * share the work for any purpose (our reading, needed for licences that no body has looked at).
 */
export type Licence = Row & {
  short_name: string;
  spdx: string | null;
  url: string;
  open: boolean;
  open_definition: boolean;
  osi: boolean;
  oshwa: boolean;
  non_commercial: boolean;
  no_derivatives: boolean;
  return_types: ReturnTypeId[];
};

// ---- nodes.json ------------------------------------------------------------------------------------------------------

/** Two nodes may name the same host: the same slug always comes with the same content. */
export type Host = {
  slug: string;
  name: string;
  country: 'ES' | 'FR';
  legal_form: LocaleText;
  iban: string;
  holder: string;
  demonstration: boolean;
};

export type TeamMember = {
  name: string;
  role: LocaleText;
  kind: 'person' | 'organisation';
  demonstration: boolean;
  source?: string[];
};

/** OKLCH colours, one for light paper and one for dark paper. */
export type SchemeColour = { light: string; dark: string };

export type NodeSeed = {
  slug: string;
  kind: 'main' | 'local';
  name: LocaleText;
  zone: string;
  locales: LocaleCode[];
  default_locale: LocaleCode;
  tagline: LocaleText;
  /** Two short paragraphs, Markdown. */
  about: LocaleText;
  /** Terms of use, Markdown with `##` headings. */
  terms: LocaleText;
  fee_basis_points: number;
  place: Place;
  team: TeamMember[];
  look: { water: SchemeColour; clay: SchemeColour };
  host: Host;
};

// ---- history.json ----------------------------------------------------------------------------------------------------

/** Approximate: the centre of the town or region. `from`: what we know it by. */
export type Place = { name: LocaleText; lat: number; lon: number; from: 'region' | 'node' | 'project' | 'demonstration' };

/**
 * A campaign that really happened, told by its figures. `derived` names the fields that no source gives and how they are known:
 * categories are always our reading of the title.
 */
export type HistoricCampaign = {
  slug: string;
  title: string;
  locale: LocaleCode;
  node: string;
  status: 'funded' | 'failed' | 'fulfilled';
  published: string;
  finished: string | null;
  rounds: 1 | 2;
  minimum_cents: number;
  optimum_cents: number;
  raised_cents: number;
  of_which_call_cents: number;
  call: string | null;
  contributors: number | null;
  collaborations: number | null;
  place: Place | null;
  categories: string[];
  commitment: string | null;
  claim: LocaleText;
  about: LocaleText;
  derived: Record<string, string>;
  source: string[];
};

// ---- projects/*.json -------------------------------------------------------------------------------------------------

export type SectionId = 'what' | 'why' | 'open' | 'team' | 'how' | 'last';
export type Scope = 'local' | 'regional' | 'national' | 'global';

type Told = { title: LocaleText };
/** `true`: this very item was invented. Absent or false: it comes from `source`. */
type Marked = { demonstration?: boolean };

export type BudgetLine = Told &
  Marked & {
    kind: NeedTypeId;
    why: LocaleText;
    amount_cents: number;
    essential: boolean;
    starts_on?: string;
    ends_on?: string;
  };

/** `delivery_months`: months after funding. `sold`: how many the source says were taken. `note`: shown beside the reward. */
export type Reward = Told &
  Marked & {
    type: RewardTypeId;
    about: LocaleText;
    amount_cents: number;
    units: number | null;
    delivery_months: number;
    needs_address: boolean;
    question: LocaleText | null;
    symbolic: boolean;
    sold?: number;
    note?: LocaleText;
  };

export type Return = Told &
  Marked & {
    type: ReturnTypeId;
    about: LocaleText;
    licence: string | null;
    due_months: number;
    state?: 'promised' | 'delivered' | 'verified';
    url?: string;
  };

/** `quantity` and `unit` are null only where a source does not give them. */
export type Ask = Told &
  Marked & {
    type: AskTypeId;
    why: LocaleText;
    quantity: number | null;
    unit: 'hours' | 'days' | 'pieces' | null;
    where: 'place' | 'remote';
  };

/** `day`: days after the opening of the first round. */
export type Update = Told & Marked & { day: number; body: LocaleText };

export type Party = { name: string; kind: 'person' | 'organisation'; demonstration: boolean; source?: string[] };

export type ProjectCore = {
  slug: string;
  demonstration: boolean;
  node: string;
  locale: LocaleCode;
  title: LocaleText;
  claim: LocaleText;
  promoter: Party;
  companion: Party | null;
  place: Place | null;
  scope: Scope;
  categories: string[];
  commitment: string | null;
  commitment_text: LocaleText | null;
  goals: number[];
  keywords: LocaleWords;
  sections: Record<SectionId, LocaleText>;
  budget_lines: BudgetLine[];
  rewards: Reward[];
  returns: Return[];
  asks: Ask[];
  updates: Update[];
};

export type Moment = 'first_day' | 'half_way' | 'minimum_reached' | 'collecting' | 'second_round' | 'last_hours';

/** Invented from end to end: shown with the word "demonstration". */
export type LiveProject = ProjectCore & {
  demonstration: true;
  moment: Moment;
  target: { raised_share_of_minimum: number; contributors: number };
};

/** A fact with where it was found. */
export type Fact = { text: LocaleText; source: string[] };

/** A real campaign. Its invented parts carry `demonstration: true` each and are named in `invented`. */
export type PastProject = ProjectCore & {
  demonstration: false;
  status: 'funded' | 'fulfilled';
  published: string;
  first_round_ended: string;
  second_round_ended: string;
  raised_cents: number;
  contributors: number;
  facts: Fact[];
  /** Names of fields that were invented, e.g. `contributors`, `rewards`. */
  invented: string[];
  /** Names of fields that we worked out, and how. */
  derived: Record<string, string>;
  /** Sentence on the page that says what is known and what is invented. */
  notice: LocaleText;
  source: string[];
};

/** What every installation begins with, the planted town and the founded one. */
export type References = Pick<Seeds, 'categories' | 'commitments' | 'goals' | 'licences' | 'return_types'>;

/** One file per reference table; everything together as `read.ts` reads it. */
export type Seeds = {
  categories: Category[];
  commitments: Commitment[];
  goals: Goal[];
  licences: Licence[];
  return_types: ReturnType[];
  reward_types: RewardType[];
  need_types: NeedType[];
  ask_types: AskType[];
  nodes: NodeSeed[];
  history: HistoricCampaign[];
  past: PastProject[];
  live: LiveProject[];
};
