import { countrySpecs, electronicFormatIBAN, friendlyFormatIBAN, isValidIBAN } from 'ibantools';
import { clean, currencies } from '../src/kit/index.ts';
import type { TeamMember } from '../src/nodes/index.ts';
import { isLocale, type Locale, locales, type Texts } from '../src/platform/i18n.ts';
import { readLook, readSettings } from './founding-choices.ts';
import type { HostFacts, NodeFacts } from './plant-ground.ts';
import { openField, openSheet, readField, type Sheet, tell } from './sheet.ts';

/** What an installation is founded with: who holds the money, and the community it is for. */
export type Founding = { host: HostFacts; node: NodeFacts };

/** Reads what somebody wrote to found an installation: all of it, or every mistake as a sentence with its path. */
export function readFounding(input: unknown): { ok: Founding } | { wrong: string[] } {
  const wrong: string[] = [];
  const file = openSheet(wrong, '', input, ['host', 'node']);
  const host = file && openField(file, 'host', host_fields);
  const node = file && openField(file, 'node', node_fields);
  const founding = { host: host && readHost(host), node: node && readNode(node) };
  return founding.host && founding.node && wrong.length === 0 ? { ok: founding as Founding } : { wrong };
}

const host_fields = ['slug', 'name', 'legal_form', 'country', 'currency', 'iban', 'account_holder'];

function readHost(sheet: Sheet): HostFacts {
  return {
    slug: readSlug(sheet, 'our-association'),
    name: readLine(sheet, 'name', 120),
    legal_form: readLine(sheet, 'legal_form', 120),
    country: readField(sheet, 'country', 'write the two capital letters of a country, such as "ES"', (value) =>
      typeof value === 'string' && Object.hasOwn(countrySpecs, value) ? value : undefined,
    ),
    currency: readField(sheet, 'currency', `write one of ${quoted(currencies)}`, (value) =>
      currencies.find((currency) => currency === value),
    ),
    iban: readIban(sheet),
    account_holder: readLine(sheet, 'account_holder', 70),
    demonstration: false,
  };
}

/** Printed in the documentation of banks, and in ours: money sent there reaches nobody. */
const ibans_of_examples = ['ES9121000418450200051332', 'FR1420041010050500013M02606', 'GB82WEST12345698765432'];

function readIban(sheet: Sheet): string {
  const iban = readField(
    sheet,
    'iban',
    'write an IBAN as on a bank statement, its country, length and check digits do not agree',
    (value) => {
      const bare = typeof value === 'string' ? electronicFormatIBAN(value) : null;
      return bare && isValidIBAN(bare) ? bare : undefined;
    },
  );
  if (ibans_of_examples.includes(iban))
    tell(
      sheet.wrong,
      'host.iban',
      sheet.given.iban,
      'that is the account of an example, write the one that will receive the money',
    );
  return iban && (friendlyFormatIBAN(iban) ?? iban);
}

const node_fields = [
  'slug',
  'locales',
  'default_locale',
  'time_zone',
  'name',
  'tagline',
  'about',
  'terms',
  'look',
  'team',
  'settings',
];

function readNode(sheet: Sheet): NodeFacts {
  const spoken = readLocales(sheet);
  return {
    slug: readSlug(sheet, 'main'),
    kind: 'main',
    locales: spoken,
    default_locale: readField(sheet, 'default_locale', `write one of node.locales: ${quoted(spoken)}`, (value) =>
      spoken.find((locale) => locale === value),
    ),
    time_zone: readField(sheet, 'time_zone', 'write the name of a time zone, such as "Europe/Madrid"', timeZone),
    name: readTexts(sheet, 'name', spoken, 'write a name of at most 60 characters', line(60)),
    tagline: readTexts(sheet, 'tagline', spoken, 'write a sentence of at most 120 characters', line(120)),
    about: readTexts(sheet, 'about', spoken, prose_advice, prose),
    terms: readTexts(sheet, 'terms', spoken, prose_advice, prose),
    look: readLook(sheet),
    team: readTeam(sheet, spoken),
    settings: readSettings(sheet),
  };
}

function readSlug(sheet: Sheet, example: string): string {
  return readField(
    sheet,
    'slug',
    `write 2 to 40 small letters from a to z and digits, with hyphens between words, such as "${example}"`,
    (value) =>
      typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length >= 2 && value.length <= 40
        ? value
        : undefined,
  );
}

function readLine(sheet: Sheet, name: string, max: number): string {
  return readField(sheet, name, `write a text of at most ${max} characters, on one line`, line(max));
}

function line(max: number, lines = 1): (value: unknown) => string | undefined {
  return (value) => {
    const read = clean(value, { max, lines });
    return 'ok' in read && read.ok !== '' ? read.ok : undefined;
  };
}

const prose_advice = 'write Markdown of at most 50000 characters, as one text or as a list of paragraphs';

/** JSON has no long texts: paragraphs may be written one by one. */
function prose(value: unknown): string | undefined {
  const paragraphs = Array.isArray(value) ? value : [value];
  if (!paragraphs.every((paragraph) => typeof paragraph === 'string')) return undefined;
  return line(50_000, 5_000)(paragraphs.join('\n\n'));
}

/** Those that are known, once each; texts are asked for in them even when the list has other mistakes. */
function readLocales(sheet: Sheet): Locale[] {
  const given = Array.isArray(sheet.given.locales) ? sheet.given.locales : [];
  const known = [...new Set(given.filter((locale) => isLocale(locale)))];
  readField(sheet, 'locales', `write a list of languages out of ${quoted(locales)}, each once`, () =>
    known.length > 0 && known.length === given.length ? known : undefined,
  );
  return known;
}

/** A text in each language the node speaks, and in no other. */
function readTexts(sheet: Sheet, name: string, spoken: readonly Locale[], advice: string, read: typeof prose): Texts {
  const notSpoken = (locale: string) => `leave it out, or add "${locale}" to node.locales`;
  const inner = openField(sheet, name, spoken.length > 0 ? spoken : locales, notSpoken);
  return Object.fromEntries(inner ? spoken.map((locale) => [locale, readField(inner, locale, advice, read)]) : []);
}

function timeZone(value: unknown): string | undefined {
  // Temporal takes offsets and whole dates too; the database would read an offset the other way round.
  if (typeof value !== 'string' || !/^[A-Za-z][\w+/-]*$/.test(value)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value).timeZoneId;
  } catch {
    return undefined;
  }
}

/** People and organisations who answer for the node; nobody when it is left out. */
function readTeam(sheet: Sheet, spoken: readonly Locale[]): TeamMember[] {
  const { team = [] } = sheet.given;
  if (!Array.isArray(team)) {
    tell(sheet.wrong, 'node.team', team, 'write a list of { name, role }, or leave it out');
    return [];
  }
  return team.flatMap((value, place) => {
    const member = openSheet(sheet.wrong, `node.team[${place}]`, value, ['name', 'role', 'kind', 'url']);
    if (!member) return [];
    const { role, kind, url } = member.given;
    return {
      name: readLine(member, 'name', 120),
      ...(role !== undefined && { role: readTexts(member, 'role', spoken, 'write at most 80 characters', line(80)) }),
      ...(kind !== undefined && { kind: readField(member, 'kind', `write one of ${quoted(kinds)}`, readKind) }),
      ...(url !== undefined && { url: readField(member, 'url', 'write an address that begins with https://', readUrl) }),
    };
  });
}

const kinds = ['person', 'organisation'] as const;
const readKind = (value: unknown) => kinds.find((kind) => kind === value);
const readUrl = (value: unknown) =>
  typeof value === 'string' && value.startsWith('https://') && URL.canParse(value) ? value : undefined;

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}
