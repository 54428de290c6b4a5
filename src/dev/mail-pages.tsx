import { Breadcrumbs, Button, ButtonLink, Chip, DataTable, Empty, Field, Form, Pagination, Time } from '../look/index.ts';
import type { Visit } from '../visits/index.ts';
import type { KeptMail, Mailbox, WholeMail } from './mails.ts';

/** Every mail this installation wrote: none leaves while there is no mail server. */
export function mailboxPage(visit: Visit, { mails, page, pages, addresses, to }: Mailbox & { to: string }) {
  const { t } = visit;
  const href = (address: string, n = 1) =>
    visit.to(`/dev/mail?${new URLSearchParams({ ...(address ? { to: address } : {}), ...(n > 1 ? { page: String(n) } : {}) })}`);
  return (
    <div class="stack is-loose">
      <header class="stack is-tight">
        <h1>{t('dev.mail')}</h1>
        <p class="lede">{t('dev.mail_lede')}</p>
      </header>
      <div class="stack">
        <Form visit={visit} action="/dev/mail" method="get" class="is-inline dev-find">
          <Field t={t} name="to" label={t('dev.mail_to')} value={to} optional type="search" spellcheck={false} />
          <Button>{t('dev.mail_find')}</Button>
        </Form>
        {addresses.length > 0 && (
          <nav class="chips" aria-label={t('dev.mail_addresses')}>
            {to && <Chip href={href('')}>{t('dev.mail_all')}</Chip>}
            {addresses.map((address) => (
              <Chip href={href(address)} current={address === to.toLowerCase()}>
                {address}
              </Chip>
            ))}
          </nav>
        )}
      </div>
      <DataTable
        caption={t('dev.mail')}
        quiet_caption
        columns={[
          { label: t('dev.mail_subject') },
          { label: t('dev.mail_to') },
          { label: t('dev.mail_kind') },
          { label: t('dev.when') },
        ]}
        rows={mails.map((mail) => [
          <a href={visit.to(`/dev/mail/${mail.id}`)} lang={mail.locale}>
            {mail.subject}
          </a>,
          mail.to_address,
          `${mail.kind.replaceAll('_', ' ')} · ${mail.locale}`,
          <Time at={mail.created_at}>{visit.moment(mail.created_at)}</Time>,
        ])}
        empty={<Empty title={t('dev.mail_none')}>{t('dev.mail_none_text')}</Empty>}
      />
      <Pagination t={t} page={page} pages={pages} href={(n) => href(to, n)} />
    </div>
  );
}

export function mailPage(visit: Visit, mail: WholeMail) {
  const { t } = visit;
  return (
    <div class="stack is-loose dev-mail">
      <Breadcrumbs
        t={t}
        trail={[
          { href: visit.to('/dev/mail'), label: t('dev.mail') },
          { label: mail.subject, lang: visit.locale },
        ]}
      />
      <h1 class="dev-subject" lang={mail.locale}>
        {mail.subject}
      </h1>
      <dl class="dev-head">
        {headOf(visit, mail).map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="row">
        <ButtonLink kind="give" href={visit.to(`/dev/mail/${mail.id}/html`)}>
          {t('dev.mail_open')}
        </ButtonLink>
      </p>
      <section class="stack is-tight" aria-labelledby="mail-text">
        <h2 id="mail-text">{t('dev.mail_text')}</h2>
        <pre class="dev-text" lang={mail.locale}>
          {linked(mail.body_text)}
        </pre>
      </section>
    </div>
  );
}

function headOf(visit: Visit, mail: WholeMail): [string, string][] {
  const { t } = visit;
  return [
    [t('dev.mail_to'), mail.to_address],
    [t('dev.mail_kind'), `${mail.kind.replaceAll('_', ' ')} · ${mail.locale}`],
    [t('dev.when'), visit.moment(mail.created_at)],
    [t('dev.mail_state'), stateOf(visit, mail)],
    ...Object.entries(mail.headers),
  ];
}

function stateOf(visit: Visit, mail: KeptMail): string {
  if (mail.failed_because) return visit.t('dev.mail_failed', { why: mail.failed_because });
  return mail.sent_at ? visit.t('dev.mail_sent', { when: visit.moment(mail.sent_at) }) : visit.t('dev.mail_kept');
}

/** Addresses in plain text as links, as mail programs show them. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, place) => (place % 2 === 1 ? <a href={part}>{part}</a> : part));
}
