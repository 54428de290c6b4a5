import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  Amounts,
  Breadcrumbs,
  Chip,
  Choice,
  CopyText,
  DataTable,
  ErrorSummary,
  Field,
  Form,
  MapOfPlaces,
  Notice,
  Pagination,
  ProjectCard,
  prepareAssets,
  QrCode,
  renderPage,
  StateChip,
  Title,
} from './index.ts';
import { exampleVisit } from './testing.ts';

const visit = exampleVisit('en', { path: '/explore?text=agua&page=2' });
const hostile = `<img src=x onerror=alert(1)>"'&`;
const usual = { minimum_cents: 100n, optimum_cents: 200n, collected_cents: 0n, secured_cents: 50n };

before(prepareAssets);

test('what people wrote is escaped everywhere it is shown', async () => {
  const { t } = visit;
  const shown = [
    <Chip href={hostile}>{hostile}</Chip>,
    <Notice title={hostile}>{hostile}</Notice>,
    <Field t={t} name={hostile} label={hostile} value={hostile} hint={hostile} error={hostile} />,
    <Choice name="a" value={hostile} label={hostile} more={hostile} aside={hostile} />,
    <ErrorSummary t={t} errors={{ [hostile]: hostile }} />,
    <DataTable caption={hostile} columns={[{ label: hostile }, { label: hostile }]} rows={[[hostile, hostile]]} />,
    <Breadcrumbs t={t} trail={[{ href: hostile, label: hostile }]} />,
    <StateChip t={t} of="campaign" state={hostile} />,
    <QrCode text={hostile} label={hostile} />,
    <MapOfPlaces label={hostile} points={[{ latitude: 40, longitude: -3, label: hostile, href: hostile }]} />,
    <CopyText visit={visit} text={hostile} label={hostile} />,
    <Title text={hostile} />,
    <ProjectCard
      visit={visit}
      project={{
        href: hostile,
        slug: hostile,
        title: hostile,
        claim: hostile,
        place: hostile,
        picture: hostile,
        licences: [hostile],
        gauge: usual,
      }}
    />,
  ];
  for (const one of shown) {
    const html = String(await one.toString());
    assert.doesNotMatch(html, /<img src=x/, html);
    assert.doesNotMatch(html, /="[^"<>]*"'/, html);
  }
});

test('a form carries its csrf field and its address; a GET form carries none', () => {
  const local = exampleVisit('fr', { node: { kind: 'local', slug: 'euskadi' } });
  assert.match(String(<Form visit={local} action="/contribute" />), /action="\/fr\/n\/euskadi\/contribute" method="post"/);
  assert.match(String(<Form visit={local} action="/contribute" />), /<input type="hidden" name="csrf" value="token"\/>/);
  assert.match(String(<Form visit={local} action={local.to('/a')} />), /action="\/fr\/n\/euskadi\/a"/);
  assert.doesNotMatch(String(<Form visit={local} action="/explore" method="get" />), /csrf/);
});

test('a field that is wrong says so to everyone, and the summary leads to it', () => {
  const html = String(<Field t={visit.t} name="email" label="E-mail" hint="h" error="Write it." />);
  assert.match(html, /id="f-email"[^>]*aria-describedby="f-email-hint f-email-error" aria-invalid="true"/);
  assert.match(html, /<p class="field-error" id="f-email-error">Write it\./);
  const summary = String(<ErrorSummary t={visit.t} errors={{ email: 'Write it.', name: null }} />);
  assert.match(summary, /role="alert" tabindex="-1"/);
  assert.match(summary, /<a href="#f-email">Write it\.<\/a>/);
  assert.match(summary, /One thing to mend/);
  assert.equal(String(<ErrorSummary t={visit.t} errors={{ email: undefined }} />), '');
});

test('amounts are native radio buttons with a free one, nothing ticked unless it was chosen', () => {
  const in_pounds = String(<Amounts visit={visit} name="amount" legend="How much" amounts_cents={[1_000n]} currency="GBP" />);
  assert.match(in_pounds, /<span aria-hidden="true">£<\/span>/);
  assert.doesNotMatch(in_pounds, /€/);
  const html = String(<Amounts visit={visit} name="amount" legend="How much" amounts_cents={[1_000n, 2_000n]} />);
  assert.match(html, /<fieldset[^>]*id="f-amount"/);
  assert.equal(html.match(/type="radio"/g)?.length, 3);
  assert.doesNotMatch(html, /checked/);
  const kept = String(
    <Amounts visit={visit} name="amount" legend="How much" amounts_cents={[1_000n]} value="other" free_value="12,5" with_zero />,
  );
  assert.match(kept, /value="other" id="f-amount-other" checked/);
  assert.match(kept, /name="amount_free" value="12,5"/);
  assert.match(kept, /value="0"/);
});

test('pages near the one shown, the first and the last', () => {
  const html = String(<Pagination t={visit.t} page={7} pages={20} href={(n) => `?page=${n}`} />);
  assert.deepEqual(
    [...html.matchAll(/>(\d+)</g)].map(([, n]) => Number(n)),
    [1, 6, 7, 8, 20],
  );
  assert.match(html, /href="\?page=7" aria-current="page"/);
  assert.equal(String(<Pagination t={visit.t} page={1} pages={1} href={() => ''} />), '');
});

test('hyphenated names stay whole unless they are longer than a narrow line', () => {
  assert.equal(
    String(<Title text="FoldaRap, Peer-to-Peer Edition" />),
    'FoldaRap, <span class="whole">Peer-to-Peer</span> Edition',
  );
  assert.doesNotMatch(String(<Title text="Llanfair-pwllgwyngyll-gogerychwyrndrobwll" />), /whole/);
});

test('points on the map never cover each other', () => {
  const points = Array.from({ length: 8 }, (_, index) => ({
    latitude: 47.2,
    longitude: -1.5,
    label: `p${index}`,
    href: `/${index}`,
  }));
  const centres = [...String(<MapOfPlaces points={points} label="m" />).matchAll(/cx="(\d+)" cy="(\d+)" r="7.5"/g)].map(
    ([, x, y]) => `${x} ${y}`,
  );
  assert.equal(new Set(centres).size, 8);
});

test('the page: language, other languages on the same page, skip link, nothing inline', async () => {
  const html = await renderPage(visit, { title: hostile, description: hostile }, <p>{hostile}</p>);
  assert.match(html, /^<!doctype html><html lang="en">/);
  assert.match(html, /<link rel="canonical" href="https:\/\/acequia\.example\/en\/explore"\/>/);
  assert.match(html, /hreflang="fr" href="https:\/\/acequia\.example\/fr\/explore\?text=agua&amp;page=2"/);
  assert.match(html, /<a class="skip" href="#main">/);
  assert.match(html, /<title>&lt;img/);
  assert.doesNotMatch(html, /\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+="|<img/);
});

test('the page of a local node, for someone signed in', async () => {
  const local = exampleVisit('fr', {
    person: 'Ada & Co',
    node: { kind: 'local', slug: 'pays-de-la-loire', name: { fr: 'Pays de la Loire' } },
  });
  const html = await renderPage(local, { title: 'Accueil', unlisted: true }, <p />);
  assert.match(html, /<title>Accueil · Pays de la Loire · Acequia<\/title>/);
  assert.match(html, /Ada &amp; Co/);
  assert.match(html, /action="\/fr\/n\/pays-de-la-loire\/sign-out"/);
  assert.match(html, /name="robots" content="noindex"/);
  assert.doesNotMatch(html, /rel="canonical"|hreflang="[a-z]+" href="https/);
});
