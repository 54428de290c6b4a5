import { speak } from '../platform/i18n.ts';
import type { Fact, Letter } from './letter.ts';

/**
 * The form of a mail in HTML. Mail readers know tables and inline styles, little else; what they do not know must not hurt. Colours are
 * written for light paper and turned by one media query where the reader wants it dark; nothing is loaded from anywhere.
 */
export function htmlOf(letter: Letter): string {
  const site = escape(siteOf(letter));
  const preview = escape(letter.paragraphs[0] ?? '');
  return `<!doctype html><html lang="${letter.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(letter.subject)}</title>${dark}</head>\
<body class="paper" style="margin:0;padding:0;background:#fcf9f1;${face}">\
<div role="main"><div style="display:none;max-height:0;overflow:hidden">${preview}</div>\
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="paper" style="background:#fcf9f1"><tr><td align="center" style="padding:24px 12px 40px">\
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;text-align:left">\
<tr><td class="water" style="padding:0 4px 12px;color:#00697f;font-size:16px;font-weight:700">${site}</td></tr>\
<tr><td class="sheet" style="padding:28px 24px 24px;background:#fffefb;border:1px solid #e2dccd;border-top:5px solid #2f9db6;border-radius:4px 4px 12px 12px">\
${body(letter)}</td></tr>\
<tr><td class="mute" style="padding:20px 4px 0;color:#4c605d;font-size:14px;line-height:1.5">${foot(letter)}</td></tr>\
</table></td></tr></table></div></body></html>`;
}

const face =
  "font-family:'Atkinson Hyperlegible Next',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.55;color:#12312c";

const dark = `<style>:root{color-scheme:light dark}@media(prefers-color-scheme:dark){.paper{background:#0d1c1c!important;color:#f2efe6!important}\
.sheet{background:#142727!important;border-color:#35504f!important;border-top-color:#2f9db6!important}.ink{color:#f2efe6!important}\
.mute{color:#b4c3c0!important}.water{color:#7fcbdd!important}.hair{border-color:#35504f!important}.act{background:#e08a62!important}.act a{color:#22120b!important}}</style>`;

function body(letter: Letter): string {
  return [
    `<h1 class="ink" style="margin:0 0 18px;font-size:25px;line-height:1.2;font-weight:700;color:#12312c">${escape(letter.title)}</h1>`,
    ...[letter.hello, ...letter.paragraphs].map((text) => paragraph(text)),
    factsTable(letter.facts),
    letter.action && button(letter.action),
    ...letter.after.map((text) => `<p class="mute" style="margin:0 0 12px;color:#4c605d;font-size:15px">${escape(text)}</p>`),
  ].join('');
}

function paragraph(text: string): string {
  return text && `<p class="ink" style="margin:0 0 14px;color:#12312c">${escape(text)}</p>`;
}

function factsTable(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const lines = facts.map(
    ([name, value]) =>
      `<tr><th class="mute hair" scope="row" align="left" valign="top" style="padding:9px 16px 9px 0;border-top:1px solid #e2dccd;color:#4c605d;font-weight:400;font-size:15px;width:42%">${escape(name)}</th>\
<td class="ink hair" valign="top" style="padding:9px 0;border-top:1px solid #e2dccd;color:#12312c;font-weight:600;word-break:break-word">${escape(value)}</td></tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" class="hair" style="margin:6px 0 22px;border-bottom:1px solid #e2dccd">${lines.join('')}</table>`;
}

function button(action: { label: string; url: string }): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px"><tr><td class="act" style="border-radius:6px;background:#a8401c">\
<a href="${escape(action.url)}" style="display:inline-block;padding:13px 22px;color:#ffffff;font-weight:700;text-decoration:none">${escape(action.label)}</a></td></tr></table>`;
}

function foot(letter: Letter): string {
  const texts = letter.foot.map((text) => `<p style="margin:0 0 8px">${escape(text)}</p>`);
  const stop =
    letter.stop &&
    `<p style="margin:0 0 8px"><a class="water" href="${escape(letter.stop.url)}" style="color:#00697f">${escape(letter.stop.label)}</a></p>`;
  return [...texts, stop].join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** "Our valley" for the main node, "Euskadi · Acequia" for the others. */
export function siteOf({ locale, node }: Pick<Letter, 'locale' | 'node'>): string {
  const network = speak(locale)('look.network');
  const name = node.name[locale] ?? node.name[node.default_locale] ?? network;
  return node.kind === 'main' ? name : `${name} · ${network}`;
}
