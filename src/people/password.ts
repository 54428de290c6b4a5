import { fold } from '../kit/index.ts';
import { common_words, keyboard_rows } from './common-passwords.ts';

/** Characters. No rule about which: length is what makes a password strong, and rules make people write them down. */
export const password_length = { min: 8, max: 200 };

export type WhyNotPassword =
  | 'password_is_missing'
  | 'password_is_too_short'
  | 'password_is_too_long'
  | 'password_is_common'
  | 'password_is_about_you';

/**
 * Why a new password cannot be taken, or null. Refused beside the short ones: those that everybody tries first (a local list, also with
 * the usual disguises: capitals, 0 for o, a year or an exclamation mark behind), rows of the keyboard, repetitions, and the person's
 * own name or address. Source: NIST SP 800-63B 5.1.1.2.
 */
export function whyNotPassword(password: unknown, about: { email: string; name?: string; site?: string }): WhyNotPassword | null {
  if (typeof password !== 'string' || password === '') return 'password_is_missing';
  const length = [...password].length;
  if (length < password_length.min) return 'password_is_too_short';
  if (password.length > password_length.max) return 'password_is_too_long';
  if (isCommon(password)) return 'password_is_common';
  return isAbout(password, about) ? 'password_is_about_you' : null;
}

function isCommon(password: string): boolean {
  const plain = fold(password);
  const forms = [plain, withoutEnds(plain), withoutEnds(undisguised(plain)), undisguised(withoutEnds(plain))];
  return forms.some((form) => form === '' || common_words.has(form) || isDoubled(form)) || isRepeated(plain) || isRow(plain);
}

/** Digits and signs people put before and behind a word. */
function withoutEnds(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

const disguises: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function undisguised(text: string): string {
  return text.replace(/[0134578@$!]/g, (sign) => disguises[sign] ?? sign);
}

/** "passwordpassword", "sunshineflower" are no stronger for being two. */
function isDoubled(text: string): boolean {
  for (let cut = 3; cut <= text.length - 3; cut += 1) {
    if (common_words.has(text.slice(0, cut)) && text.slice(0, cut) === text.slice(cut)) return true;
  }
  return false;
}

/** "aaaaaaaa", "abcabcabc", "12121212": a short piece again and again. */
function isRepeated(text: string): boolean {
  for (let piece = 1; piece <= 4 && piece * 2 <= text.length; piece += 1) {
    if (
      text
        .slice(0, piece)
        .repeat(Math.ceil(text.length / piece))
        .slice(0, text.length) === text
    )
      return true;
  }
  return false;
}

/** Most of it is a run along the keyboard, the alphabet or the digits, in either direction. */
function isRow(text: string): boolean {
  let longest = 0;
  for (const row of keyboard_rows)
    longest = Math.max(longest, longestRun(text, row), longestRun(text, [...row].reverse().join('')));
  return longest >= Math.max(4, text.length - 2);
}

function longestRun(text: string, row: string): number {
  let longest = 0;
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    const before = at > 0 ? row.indexOf(text.charAt(at - 1)) : -1;
    run = before >= 0 && row.charAt(before + 1) === text.charAt(at) ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function isAbout(password: string, about: { email: string; name?: string; site?: string }): boolean {
  const plain = fold(password);
  const core = withoutEnds(plain);
  const words = [
    about.email,
    ...about.email.split(/[@.+_-]/),
    about.name ?? '',
    ...(about.name ?? '').split(/\s+/),
    about.site ?? '',
  ]
    .map((word) => fold(word).replace(/\s+/g, ''))
    .filter((word) => word.length >= 4);
  return words.some((word) => plain === word || core === word || plain === word + word);
}
