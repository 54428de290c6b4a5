import { Breadcrumbs, Button, ButtonLink, ErrorSummary, Form, Notice, TextArea } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import { type Errors, sentences } from '../forms.ts';
import type { Stoppable } from '../queries.ts';
import { amountOf, ProjectLink } from './words.tsx';

/** Asks twice before everything goes back: says what will happen to how many contributions, and asks for the reason people will read. */
export function StopPage(props: { visit: Visit; campaign: Stoppable; reason: string; errors: Errors }) {
  const { visit, campaign } = props;
  const { t } = visit;
  const errors = sentences(visit, props.errors);
  const { text: title } = visit.text(campaign.title, campaign.locale);
  return (
    <>
      <Breadcrumbs t={t} trail={[{ href: visit.to('/desk'), label: t('desk.steward_title') }, { label: t('desk.stop') }]} />
      <ErrorSummary t={t} errors={{ reason: errors.reason }}>
        {errors[''] && <p>{errors['']}</p>}
      </ErrorSummary>
      <header class="stack is-tight">
        <h1>{t('desk.stop_title', { title })}</h1>
        <p>
          <ProjectLink visit={visit} {...campaign} />
        </p>
      </header>
      <Notice kind="attention" title={t('desk.stop_what')}>
        <ul>
          <li>{t('desk.stop_no_more')}</li>
          <li>{t('desk.stop_uncharged', { n: campaign.uncharged })}</li>
          <li>
            {t('desk.stop_arrived', { n: campaign.arrived, amount: amountOf(visit, campaign.arrived_cents, campaign.currency) })}
          </li>
          <li>{t('desk.stop_told')}</li>
        </ul>
      </Notice>
      <Form visit={visit} action={`/desk/campaigns/${campaign.id}/stop`}>
        <TextArea
          t={t}
          name="reason"
          label={t('desk.stop_reason')}
          hint={t('desk.stop_reason_hint')}
          value={props.reason}
          error={errors.reason}
          rows={4}
          maxlength={1_000}
        />
        <div class="row">
          <Button kind="danger">{t('desk.stop_button')}</Button>
          <ButtonLink kind="quiet" href={visit.to('/desk')}>
            {t('desk.keep_running')}
          </ButtonLink>
        </div>
      </Form>
    </>
  );
}
