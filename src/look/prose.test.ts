import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Prose, renderMarkdown } from './prose.tsx';

const render = (text: string, level = 3): string => renderMarkdown({ text, level });

test('Markdown becomes plain, marked HTML', () => {
  assert.equal(
    render('**a** [b](https://c.org)'),
    '<p><strong>a</strong> <a href="https://c.org" rel="ugc nofollow noopener">b</a></p>\n',
  );
  assert.match(render('see https://example.org now'), /<a href="https:\/\/example\.org" rel="ugc nofollow noopener">/);
  assert.match(render('| a | b |\n|---|---|\n| 1 | 2 |'), /<table>/);
});

test('headings go below those of the page', () => {
  assert.equal(render('# one\n## two'), '<h3>one</h3>\n<h4>two</h4>\n');
  assert.equal(render('# one\n###### six', 2), '<h2>one</h2>\n<h6>six</h6>\n');
  assert.equal(render('###### six', 5), '<h6>six</h6>\n');
});

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](vbscript:x)',
  '[a](//evil.example)',
  '[a](https://x.org "onmouseover=alert(1)")',
  '![a](https://evil.example/track.gif)',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe src="https://evil.example"></iframe>',
  '<svg/onload=alert(1)>',
  '[a]: javascript:alert(1)\n\n[a]',
  '`<b onclick=1>`',
  '<style>*{display:none}</style>',
  'a\u0000b \ud800',
  `${'['.repeat(2_000)}a${']'.repeat(2_000)}`,
];
for (const text of hostile) {
  test(`nothing of theirs runs: ${JSON.stringify(text.slice(0, 40))}`, () => {
    const html = render(text);
    assert.doesNotMatch(html, /<(script|img|iframe|svg|style|b)\b|<[^>]*(\son\w+\s*=|href="(?!https?:|mailto:)|title=)/i);
  });
}

test('class and language are written safely', () => {
  assert.match(String(Prose({ text: 'a', lang: 'fr', class: 'x"y' })), /^<div class="prose x&#34;y" lang="fr"><p>a<\/p>/);
});
