import type { Child } from 'hono/jsx';
import { Button, ButtonLink, Choice, Choices, Form, Select } from '../../look/index.ts';
import { sayWhy } from '../../visits/index.ts';
import { choices_if_failed, visibilities, whyCannotChange, whyCannotWithdraw } from '../contribution.ts';
import { type Page, partOf } from './contribution-page.tsx';
import { nodeNameOf, plain } from './words.ts';

/** What the holder may still change, each folded away until it is wanted. */
export function Manage({ seen }: { seen: Page }) {
  const { visit, shown } = seen;
  const { t } = visit;
  const stands = ['started', 'secured', 'declined', 'collected', 'disputed'].includes(shown.state);
  if (!stands) return null;
  const saved = shown.method === 'sandbox' && shown.saves_card && shown.state === 'secured';
  return (
    <section class="stack is-tight manage" aria-labelledby="manage">
      <h2 id="manage" class="small-title">
        {t('contribution.manage_title')}
      </h2>
      <ChangeVisibility seen={seen} />
      {whyCannotChange(shown) === null && <ChangeIfFailed seen={seen} />}
      {saved && (
        <Fold title={t('contribution.change_card')}>
          <p>{t('contribution.change_card_text')}</p>
          <Form visit={visit} action={partOf(seen, '/card')}>
            <Button>{t('contribution.change_card_do')}</Button>
          </Form>
        </Fold>
      )}
      <Withdraw seen={seen} />
    </section>
  );
}

function Fold(props: { title: string; now?: string; open?: boolean; children?: Child }) {
  return (
    <details class="manage-part" open={props.open}>
      <summary>
        <span class="manage-what">{props.title}</span>
        {props.now && <span class="manage-now">{props.now}</span>}
      </summary>
      <div class="stack manage-inside">{props.children}</div>
    </details>
  );
}

function ChangeVisibility({ seen }: { seen: Page }) {
  const { visit, shown, errors } = seen;
  const { t } = visit;
  return (
    <Fold
      title={t('contribution.change_visibility')}
      now={t(`contribution.seen_${shown.visibility}`)}
      open={Boolean(errors.visibility)}
    >
      <Form visit={visit} action={partOf(seen, '/visibility')} class="is-tight">
        <Choices name="visibility" legend={t('contribution.change_visibility')} quiet_legend error={errors.visibility}>
          {visibilities.map((each) => (
            <Choice
              name="visibility"
              value={each}
              checked={each === shown.visibility}
              label={t(`contribute.visibility_${each}`)}
              more={t(`contribute.visibility_${each}_more`)}
            />
          ))}
        </Choices>
        <Button>{t('contribution.save')}</Button>
      </Form>
    </Fold>
  );
}

function ChangeIfFailed({ seen }: { seen: Page }) {
  const { visit, shown, errors, others } = seen;
  const { t } = visit;
  const node = nodeNameOf(visit);
  const offered = choices_if_failed.filter((choice) => {
    if (choice === 'wallet') return shown.person_id !== null;
    return choice !== 'another_campaign' || others.length > 0 || shown.if_failed === choice;
  });
  const options = others.map((other) => ({ value: other.id, label: plain(visit, other.title, other.locale) }));
  return (
    <Fold
      title={t('contribution.change_if_failed')}
      now={t(`contribute.if_failed_${shown.if_failed}`, { node })}
      open={Boolean(errors.if_failed || errors.other)}
    >
      <Form visit={visit} action={partOf(seen, '/if-failed')} class="is-tight">
        <Choices
          name="if_failed"
          legend={t('contribution.change_if_failed')}
          quiet_legend
          hint={t('contribute.if_failed_hint')}
          error={errors.if_failed}
        >
          {offered.map((choice) => (
            <Choice
              name="if_failed"
              value={choice}
              checked={choice === shown.if_failed}
              label={t(`contribute.if_failed_${choice}`, { node })}
              more={t(`contribute.if_failed_${choice}_more`, { node, host: shown.host_name })}
            >
              {choice === 'another_campaign' && (
                <Select
                  t={t}
                  name="other"
                  label={t('contribute.other')}
                  options={[{ value: '', label: t('contribute.other_choose') }, ...options]}
                  value={shown.redirect_campaign_id ?? ''}
                  error={errors.other}
                />
              )}
            </Choice>
          ))}
        </Choices>
        <Button>{t('contribution.save')}</Button>
      </Form>
    </Fold>
  );
}

/** Withdrawing has a page of its own, so that one press is never enough. When it is not possible, the reason stands here. */
function Withdraw({ seen }: { seen: Page }) {
  const { visit, shown } = seen;
  const { t } = visit;
  const why = whyNotWithdraw(seen);
  if (why === 'contribution_is_collected' || why === 'contribution_has_ended' || shown.parked_why) return null;
  return (
    <Fold title={t('contribution.withdraw_title')}>
      <p>
        {why
          ? sayWhy(visit, { code: why })
          : t(shown.state === 'started' ? 'contribution.withdraw_started' : 'contribution.withdraw_about')}
      </p>
      {!why && (
        <p>
          <ButtonLink href={partOf(seen, '/withdraw')}>{t('contribution.withdraw_go')}</ButtonLink>
        </p>
      )}
    </Fold>
  );
}

export function whyNotWithdraw({ visit, shown }: Pick<Page, 'visit' | 'shown'>): string | null {
  const { state, amount_cents, campaign_state, ends_at, minimum_cents, pledged_cents } = shown;
  const closed_hours = visit.node.settings.withdrawal_closed_hours;
  return whyCannotWithdraw(
    { state, amount_cents, closed_hours, campaign: { state: campaign_state, ends_at, minimum_cents, pledged_cents } },
    visit.now,
  );
}
