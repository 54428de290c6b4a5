import { Breadcrumbs, Button, ButtonLink, CopyText, ErrorSummary, Form, Notice, Panel, Steps } from '../../look/index.ts';
import type { MessageKey } from '../../platform/i18n.ts';
import type { Visit } from '../../visits/index.ts';
import type { Shown } from '../page-queries.ts';
import type { OtherCampaign } from '../queries.ts';
import { Facts } from './contribution-facts.tsx';
import { Instructions } from './instructions.tsx';
import { Manage } from './manage.tsx';
import { stepsOf, storyOf } from './story.ts';
import { nodeNameOf, plain } from './words.ts';

/** One contribution as its holder sees it. `arrived`: how they came here just now. */
export type Page = {
  visit: Visit;
  shown: Shown;
  /** What opens it without an account; null: its owner is signed in. */
  key: string | null;
  others: OtherCampaign[];
  arrived: 'back' | 'again' | 'down' | 'thanks' | null;
  errors: Readonly<Record<string, string>>;
  problem: string | null;
};

export function pageTitle({ visit, shown }: Page): string {
  return visit.t('contribution.page_title', { title: plain(visit, shown.title, shown.title_locale) });
}

/** Address of a part of this contribution, with the key it was opened with. */
export function partOf({ visit, shown, key }: Pick<Page, 'visit' | 'shown' | 'key'>, part = '', more = ''): string {
  const query = [key ? `key=${key}` : '', more].filter(Boolean).join('&');
  return visit.to(`/contributions/${shown.id}${part}${query ? `?${query}` : ''}`);
}

/** The state in words first, then what the holder can do about it; receipt, ledger and settings beside. */
export function ContributionPage({ seen }: { seen: Page }) {
  const { visit, shown, arrived, errors, problem } = seen;
  const { t } = visit;
  const title = visit.text(shown.title, shown.title_locale);
  const story = storyOf(visit, shown);
  const steps = stepsOf(visit, shown);
  const thanked = (arrived === 'back' || arrived === 'thanks') && ['secured', 'collected'].includes(shown.state);
  return (
    <>
      <div class="stack is-tight">
        <Breadcrumbs
          t={t}
          trail={[
            ...trail(seen),
            { href: visit.to(`/projects/${shown.slug}`), label: title.text, lang: title.lang },
            { label: t('contribution.title') },
          ]}
        />
        {thanked && <p class="thanks">{t('contribution.thanks', { name: shown.name })}</p>}
        <h1>{story.title}</h1>
      </div>
      {problem ? (
        <ErrorSummary t={t} errors={errors} title={t('contribution.problem_title')}>
          <p>{problem}</p>
        </ErrorSummary>
      ) : (
        <ErrorSummary t={t} errors={errors} />
      )}
      <HowTheyCame seen={seen} />
      <div class="split">
        <div class="split-main stack is-loose">
          <div class="stack">
            <p class="lede">{story.text}</p>
            <NextStep seen={seen} />
          </div>
          {waitsForTransfer(shown) && <Instructions visit={visit} shown={shown} />}
          {steps.length > 0 && (
            <section class="stack is-tight">
              <h2 class="small-title">{t('contribution.steps_title')}</h2>
              <Steps t={t} steps={steps} />
            </section>
          )}
          <Manage seen={seen} />
        </div>
        <aside class="split-side" aria-label={t('contribution.facts_title')}>
          <Facts seen={seen} />
          {!visit.person && shown.person_id === null && <Claim visit={visit} shown={shown} />}
          {(shown.state === 'secured' || shown.state === 'collected' || waitsForTransfer(shown)) && (
            <GoOn visit={visit} shown={shown} />
          )}
        </aside>
      </div>
    </>
  );
}

function waitsForTransfer(shown: Shown): boolean {
  return shown.state === 'started' && shown.method === 'transfer' && !shown.parked_why;
}

function trail({ visit, key }: Page) {
  return visit.person && !key ? [{ href: visit.to('/me/contributions'), label: visit.t('contribution.own_title') }] : [];
}

/** A form sent twice, a gateway that does not answer, a report that is not here yet: said at the top, with what to do. */
function HowTheyCame({ seen }: { seen: Page }) {
  const { visit, shown, arrived } = seen;
  const { t } = visit;
  const waits = shown.state === 'started' && shown.method === 'sandbox' && !shown.parked_why;
  if (arrived === 'again')
    return (
      <Notice title={t('contribution.again_title')}>{t(waits ? 'contribution.again_waiting' : 'contribution.again_text')}</Notice>
    );
  if (arrived === 'down' && waits)
    return (
      <Notice kind="attention" title={t('contribution.down_title')}>
        {t('contribution.down_text')}
      </Notice>
    );
  if (arrived === 'back' && waits) {
    return (
      <Notice kind="attention" title={t('contribution.no_word_title')}>
        <p>
          {t.rich('contribution.no_word_text', { a: (text: unknown) => <a href={partOf(seen, '/return')}>{text as string}</a> })}
        </p>
      </Notice>
    );
  }
  return null;
}

/** The one thing to do now, when there is one. */
function NextStep({ seen }: { seen: Page }) {
  const { visit, shown } = seen;
  const { t } = visit;
  const toGateway = (part: '/resume' | '/card', label: MessageKey) => (
    <Form visit={visit} action={partOf(seen, part)}>
      <Button kind="give">{t(label)}</Button>
    </Form>
  );
  if (shown.parked_why) return <p class="muted">{t('contribution.parked_help', { node: nodeNameOf(visit) })}</p>;
  if (shown.state === 'started' && shown.method === 'sandbox') return toGateway('/resume', 'contribution.do_resume');
  if (shown.state === 'declined') return toGateway('/card', 'contribution.do_mend');
  if (shown.state === 'lapsed' && !shown.secured_at) {
    const again = `/projects/${shown.slug}/contribute?amount=${shown.amount_cents}${shown.reward_id ? `&reward=${shown.reward_id}` : ''}`;
    return (
      <p>
        <ButtonLink href={visit.to(again)}>{t('contribution.do_again')}</ButtonLink>
      </p>
    );
  }
  if (shown.state === 'credited') {
    return (
      <p>
        <ButtonLink href={visit.to('/me/wallet')}>{t('contribution.do_wallet')}</ButtonLink>
      </p>
    );
  }
  if (shown.state === 'redirected' && shown.other_slug) {
    return (
      <p>
        <ButtonLink href={visit.to(`/projects/${shown.other_slug}`)}>{t('contribution.do_other')}</ButtonLink>
      </p>
    );
  }
  return null;
}

/** How a guest finds it again. Says the same whether that address has an account or not. */
function Claim({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { t } = visit;
  const next = encodeURIComponent('/me/contributions');
  // Before a card was saved nobody has been written to.
  const mailed = shown.secured_at !== null || shown.method === 'transfer';
  const link = (path: string) => (text: unknown) => <a href={visit.to(`${path}?next=${next}`)}>{text as string}</a>;
  return (
    <Panel title={t('contribution.claim_title')} class="is-quiet">
      <p class="small">{t(mailed ? 'contribution.claim_key' : 'contribution.claim_key_only', { email: shown.email })}</p>
      <p class="small">{t.rich('contribution.claim_text', { up: link('/sign-up'), in: link('/sign-in') })}</p>
    </Panel>
  );
}

/** Tell others, lend a hand: plain links, nobody counts them. */
function GoOn({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { t } = visit;
  const address = visit.origin + visit.to(`/projects/${shown.slug}`);
  const title = plain(visit, shown.title, shown.title_locale);
  const mail = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(t('contribution.share_mail', { title, address }))}`;
  return (
    <Panel title={t('contribution.share_title')} class="is-quiet">
      <CopyText visit={visit} text={address} label={t('contribution.share_link')} />
      <ul class="small stack is-tight">
        <li>
          <a href={mail}>{t('contribution.share_by_mail')}</a>
        </li>
        <li>
          <a href={visit.to(`/projects/${shown.slug}/poster`)}>{t('contribution.share_poster')}</a>
        </li>
        <li>
          <a href={visit.to(`/projects/${shown.slug}/hands`)}>{t('contribution.share_hands')}</a>
        </li>
      </ul>
    </Panel>
  );
}
