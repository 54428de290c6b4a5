import { checkLook, usual_look } from '../src/look/index.ts';
import { default_settings, type NodeLook, type Settings, settingsOf } from '../src/nodes/index.ts';
import { openField, type Sheet, tell } from './sheet.ts';

const schemes = ['light', 'dark'] as const;
const colours = ['water', 'clay'] as const;

/** The colours of a node, which must be readable on the paper of both schemes. */
export function readLook(sheet: Sheet): NodeLook {
  const look = openField(sheet, 'look', schemes);
  const why = checkLook(sheet.given.look);
  for (const scheme of look ? schemes : []) {
    const given = look && openField(look, scheme, colours);
    for (const colour of given ? colours : []) {
      const words = why.filter(
        (word) => word.startsWith(`${scheme}_${colour}_`) || word === `${scheme}_text_unreadable_on_${colour}`,
      );
      if (words.length > 0)
        tell(sheet.wrong, `node.look.${scheme}.${colour}`, given?.given[colour], colourAdvice(scheme, colour, words));
    }
  }
  return sheet.given.look as NodeLook;
}

function colourAdvice(scheme: 'light' | 'dark', colour: 'water' | 'clay', words: readonly string[]): string {
  const usual = `such as "${usual_look[scheme][colour]}"`;
  if (words.includes(`${scheme}_${colour}_is_not_a_colour`)) return `write a colour as oklch, ${usual}`;
  return scheme === 'light'
    ? `too pale to be read on light paper, write a smaller first number, ${usual}`
    : `too dark to be read on dark paper, write a larger first number, ${usual}`;
}

type Name = keyof Settings;

/** Beyond these a node would not work: a round of no days, a fee of more than all. */
const limits: Record<Name, readonly [least: number, most: number]> = {
  round_days: [1, 365],
  minimum_contribution_cents: [1, 100_000_000],
  maximum_contribution_cents: [1, 100_000_000],
  grace_days: [0, 60],
  retry_days: [1, 60],
  tolerance_bp: [0, 10_000],
  card_minutes: [5, 1_440],
  transfer_days: [1, 60],
  fee_bp: [0, 10_000],
  withdrawal_closed_hours: [0, 720],
  cash_two_eyes_cents: [0, 100_000_000],
  categories_max: [1, 10],
};

/** What the node chooses otherwise than the defaults; nothing when it is left out. Kept as written. */
export function readSettings(sheet: Sheet): Record<string, unknown> {
  if (sheet.given.settings === undefined) return {};
  const given = openField(sheet, 'settings', Object.keys(default_settings));
  if (!given) return {};
  const names = Object.keys(given.given).filter((name): name is Name => Object.hasOwn(default_settings, name));
  const wrong = names.filter((name) => !isWithin(name, given.given[name]));
  for (const name of wrong) tell(sheet.wrong, `node.settings.${name}`, given.given[name], settingAdvice(name));
  if (wrong.length === 0) checkOrder(sheet, given.given);
  return given.given;
}

function isWithin(name: Name, value: unknown): boolean {
  try {
    const read = settingsOf({ [name]: value })[name];
    const [least, most] = limits[name];
    return [read].flat().every((number) => typeof number !== 'string' && number >= least && number <= most);
  } catch {
    return false;
  }
}

function settingAdvice(name: Name): string {
  const [least, most] = limits[name];
  const range = `from ${least} to ${most}, or leave it out for ${JSON.stringify(default_settings[name], (_key, part) => (typeof part === 'bigint' ? Number(part) : part))}`;
  return Array.isArray(default_settings[name]) ? `write a list of whole numbers ${range}` : `write a whole number ${range}`;
}

function checkOrder({ wrong }: Sheet, given: Readonly<Record<string, unknown>>): void {
  const { minimum_contribution_cents: least, maximum_contribution_cents: most } = settingsOf(given);
  if (least > most)
    tell(wrong, 'node.settings.minimum_contribution_cents', Number(least), `write at most the maximum, which is ${most}`);
}
