import { html } from 'hono/html';
import { transact } from '../platform/db.ts';
import { type Locale, speak, type T } from '../platform/i18n.ts';
import { queueMail } from '../platform/mail.ts';
import type { Caller, House } from './house.ts';
import { hours_of_verification, minutes_of_link, minutes_of_reset } from './tokens.ts';

/** Mails about getting in. They carry keys, so they are short, say who asked for what, and what to do if it was not you. */
export type Letter = {
  kind: 'sign_verify' | 'sign_link' | 'sign_reset' | 'sign_known' | 'sign_none' | 'sign_changed';
  to: string;
  name: string;
  locale: Locale;
  caller: Caller;
  token: string;
  /** Own path to go on to. */
  next: string;
};

export async function sendLetter(house: House, letter: Letter): Promise<void> {
  const { kind, to, locale } = letter;
  const written = write(speak(locale), letter);
  await transact(house.db, (trx) => queueMail(trx, { kind, to, locale, ...written }));
}

function write(t: T, letter: Letter): { subject: string; html: string; text: string } {
  const params = {
    site: letter.caller.site,
    name: letter.name,
    minutes: minutes_of_link,
    reset_minutes: minutes_of_reset,
    hours: hours_of_verification,
  };
  const word = letter.kind.slice('sign_'.length);
  const say = (part: string) => t.maybe(`sign.mail_${word}_${part}`, params) ?? '';
  const subject = say('subject');
  const hello = letter.name ? t('sign.mail_hello', params) : t('sign.mail_hello_nobody');
  const parts = {
    hello,
    text: say('text'),
    action: say('action'),
    url: urlOf(letter),
    after: say('after'),
    foot: t('sign.mail_foot', params),
  };
  const text = [parts.hello, parts.text, `${parts.action}\n${parts.url}`, parts.after, `-- \n${parts.foot}`]
    .filter(Boolean)
    .join('\n\n');
  return { subject, html: String(sheet(letter.locale, subject, parts)), text: `${text}\n` };
}

function urlOf({ kind, caller, token, next }: Letter): string {
  const query = new URLSearchParams({ token, ...(next && next !== '/' ? { next } : {}) });
  if (kind === 'sign_verify') return caller.link(`/verify?${query}`);
  if (kind === 'sign_link' || kind === 'sign_known') return caller.link(`/sign-in/link?${query}`);
  if (kind === 'sign_reset') return caller.link(`/reset?${query}`);
  return caller.link(kind === 'sign_none' ? '/sign-up' : '/forgot');
}

type Parts = { hello: string; text: string; action: string; url: string; after: string; foot: string };

/** Mail readers know tables and inline styles, little else. */
function sheet(locale: Locale, subject: string, parts: Parts) {
  return html`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#fcf9f1;color:#12312c;font:16px/1.55 system-ui,sans-serif">
<table role="presentation" width="100%" style="max-width:560px;margin:0 auto"><tr><td>
<p>${parts.hello}</p><p>${parts.text}</p>
<p><a href="${parts.url}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#a8401c;color:#ffffff;text-decoration:none">${parts.action}</a></p>
<p style="font-size:14px;word-break:break-all">${parts.url}</p>
<p>${parts.after}</p>
<p style="font-size:14px;color:#4a5f5b;border-top:1px solid #d8d3c4;padding-top:12px">${parts.foot}</p>
</td></tr></table></body></html>`;
}
