import { parseMoney } from '../../kit/index.ts';
import { Breadcrumbs, Button, ErrorSummary, Form, Live, LiveTotal, Notice } from '../../look/index.ts';
import type { Form as Posted } from '../../platform/http.ts';
import type { Visit } from '../../visits/index.ts';
import type { Begun, FormFacts } from '../queries.ts';
import { HowToPay, Message, Tip, WhoGives } from './form-giver.tsx';
import { HowMuch, IfItFails, InReturn, WhatItPaysFor, WhoSees } from './form-parts.tsx';
import { BeforePaying, FormSide } from './form-side.tsx';
import { moneyIn, nodeNameOf, plain } from './words.ts';

/** What the form shows: the campaign's facts, what was typed so far, and what is wrong with it. */
export type Draft = {
  visit: Visit;
  facts: FormFacts;
  form_key: string;
  values: Posted;
  /** The budget lines that are ticked. */
  lines: readonly string[];
  errors: Readonly<Record<string, string>>;
  /** Said above all: what stands in the way of the whole form. */
  problem?: string | null;
  /** A contribution that this form began and that is not finished. */
  begun?: (Begun & { address: string }) | null;
  methods: readonly string[];
};

export const presets_cents = [1_000n, 2_000n, 5_000n, 10_000n] as const;
export const tips_cents = [100n, 200n, 500n] as const;

/** One page from the amount to the payment. Everything on it works without scripts; with them, the sums follow. */
export function FormPage({ draft }: { draft: Draft }) {
  const { visit, facts, errors } = draft;
  const { t } = visit;
  const { campaign } = facts;
  const title = visit.text(campaign.title, campaign.locale);
  const shown_cents = chosenCents(draft, 'amount');
  const total_cents = shown_cents + chosenCents(draft, 'tip');
  return (
    <>
      <div class="stack is-tight">
        <Breadcrumbs
          t={t}
          trail={[
            { href: visit.to(`/projects/${campaign.slug}`), label: title.text, lang: title.lang },
            { label: t('contribute.title') },
          ]}
        />
        <h1>{t('contribute.title')}</h1>
      </div>
      <Problems draft={draft} />
      {draft.begun && <AlreadyBegun draft={draft} begun={draft.begun} />}
      <LiveTotal visit={visit} raised_cents={facts.raised.raised_cents} currency={campaign.currency}>
        <div class="split">
          <Form visit={visit} action={`/projects/${campaign.slug}/contribute`} class="split-main giving">
            <input type="hidden" name="form_key" value={draft.form_key} />
            <HowMuch draft={draft} />
            <InReturn draft={draft} />
            <WhatItPaysFor draft={draft} />
            <WhoSees draft={draft} />
            <IfItFails draft={draft} />
            <Tip draft={draft} />
            <WhoGives draft={draft} />
            <Message draft={draft} />
            <HowToPay draft={draft} />
            <div class="stack is-tight">
              <BeforePaying draft={draft} />
              <Button kind="give" wide>
                <span>
                  {t('contribute.submit')}
                  <span class="with-script">
                    {' '}
                    <Live of="total">{shown_cents > 0n ? moneyIn(visit, total_cents, campaign.currency) : ''}</Live>
                  </span>
                </span>
              </Button>
              <p class="small muted">
                {t.rich('contribute.terms', {
                  node: nodeNameOf(visit),
                  a: (text: unknown) => <a href={visit.to('/terms')}>{text as string}</a>,
                })}
              </p>
            </div>
          </Form>
          <FormSide draft={draft} shown_cents={shown_cents} total_cents={total_cents} />
        </div>
      </LiveTotal>
      {Object.keys(errors).length > 0 && <p class="visually-hidden">{t('contribute.kept')}</p>}
    </>
  );
}

function Problems({ draft }: { draft: Draft }) {
  const { visit, errors, problem } = draft;
  if (!problem) return <ErrorSummary t={visit.t} errors={errors} />;
  return (
    <ErrorSummary t={visit.t} errors={errors} title={visit.t('contribute.problem_title')}>
      <p>{problem}</p>
    </ErrorSummary>
  );
}

/** Back from the payment page, or a second tab: the form says what it began, instead of beginning it again. */
function AlreadyBegun({ draft, begun }: { draft: Draft; begun: NonNullable<Draft['begun']> }) {
  const { visit, facts } = draft;
  const { t } = visit;
  const amount = moneyIn(visit, begun.amount_cents, facts.campaign.currency);
  return (
    <Notice kind="attention" title={t('contribute.begun_title', { amount })}>
      <p>{t.rich('contribute.begun_text', { amount, a: (text: unknown) => <a href={begun.address}>{text as string}</a> })}</p>
    </Notice>
  );
}

/** The cents that stand chosen when the page opens, for the sums on it. */
function chosenCents(draft: Draft, field: 'amount' | 'tip'): bigint {
  const value = draft.values[field] ?? (field === 'tip' ? '0' : '');
  if (/^\d{1,12}$/.test(value)) return BigInt(value);
  const typed = parseMoney(draft.values[`${field}_free`], draft.visit.locale, draft.facts.campaign.currency);
  return 'ok' in typed ? typed.ok.cents : 0n;
}

/** Title of the page, as browsers and bookmarks keep it. */
export function formTitle(visit: Visit, facts: FormFacts): string {
  return visit.t('contribute.page_title', { title: plain(visit, facts.campaign.title, facts.campaign.locale) });
}
