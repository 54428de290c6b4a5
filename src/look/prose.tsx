import { raw } from 'hono/html';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import type { Locale } from '../platform/i18n.ts';
import { escaped, remember } from './memo.ts';

/**
 * A text written by people in Markdown, made safe: no HTML of theirs, only http, https and mailto links (marked as theirs), no
 * pictures from elsewhere, headings moved below the page's own (`level` is the level of the writer's first heading).
 */
export function Prose(props: { text: string; level?: 2 | 3 | 4 | 5; lang?: Locale | undefined; class?: string }) {
  const lang = props.lang ? ` lang="${escaped(props.lang)}"` : '';
  const names = escaped(`prose${props.class ? ` ${props.class}` : ''}`);
  return raw(`<div class="${names}"${lang}>${renderMarkdown({ text: props.text, level: props.level ?? 3 })}</div>`);
}

/** Markdown to safe HTML, remembered by its text. */
export const renderMarkdown = remember(
  ({ text, level }: { text: string; level: number }) => sanitizeHtml(markdown.render(text), rules(level)),
  ({ text, level }) => `${level}${text}`,
  500,
);

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
markdown.disable(['image']);

const texts = ['p', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'br', 'hr', 'a'];
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
const headings = ['h2', 'h3', 'h4', 'h5', 'h6'];

function rules(level: number): sanitizeHtml.IOptions {
  const shifted = Object.fromEntries([1, 2, 3, 4, 5, 6].map((own) => [`h${own}`, `h${Math.min(6, own + level - 1)}`]));
  return {
    allowedTags: [...texts, ...tables, ...headings],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: { ...shifted, a: sanitizeHtml.simpleTransform('a', { rel: 'ugc nofollow noopener' }) },
  };
}
