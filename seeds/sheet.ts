/**
 * A file that a person wrote by hand, read field by field. Every mistake becomes a sentence that names its field and says what to write;
 * reading goes on, so that all of them are told at once. What was read may be used only when `wrong` is still empty.
 */
export type Sheet = { path: string; given: Readonly<Record<string, unknown>>; wrong: string[] };

type Unknown = (name: string, fields: readonly string[]) => string;

const leaveItOut: Unknown = (_name, fields) => `leave it out, known here are ${fields.join(', ')}`;

/** An object with these fields and no other; null when it is none. */
export function openSheet(
  wrong: string[],
  path: string,
  value: unknown,
  fields: readonly string[],
  unknown: Unknown = leaveItOut,
): Sheet | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    tell(wrong, path, value, `write an object { } with ${fields.join(', ')}`);
    return null;
  }
  for (const name of Object.keys(value))
    if (!fields.includes(name)) wrong.push(`${at(path, name)} is not known: ${unknown(name, fields)}.`);
  return { path, given: value as Record<string, unknown>, wrong };
}

/** An object in a field of another. */
export function openField(sheet: Sheet, name: string, fields: readonly string[], unknown?: Unknown): Sheet | null {
  return openSheet(sheet.wrong, at(sheet.path, name), sheet.given[name], fields, unknown);
}

/** One value. `read` answers undefined for what will not do; then `advice` is said. */
export function readField<Value>(sheet: Sheet, name: string, advice: string, read: (value: unknown) => Value | undefined): Value {
  const value = sheet.given[name];
  const found = read(value);
  if (found === undefined) tell(sheet.wrong, at(sheet.path, name), value, advice);
  return found as Value;
}

export function tell(wrong: string[], path: string, value: unknown, advice: string): void {
  wrong.push(`${path || 'The file'} ${value === undefined ? 'is missing' : `is ${shown(value)}`}: ${advice}.`);
}

function at(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
