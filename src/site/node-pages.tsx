import { initials } from '../kit/index.ts';
import { Notice, nodeName, Panel, Prose } from '../look/index.ts';
import type { TeamMember } from '../nodes/index.ts';
import type { Visit } from '../visits/index.ts';
import type { Part } from './node-software.ts';

/** Who answers for this place: its team, and the host that holds the money. */
export function TeamPage({ visit, address }: { visit: Visit; address: string | null }) {
  const { t, node } = visit;
  const about = visit.text(node.about, node.default_locale);
  return (
    <>
      <h1>{t('node.team_title', { node: nodeName(visit).text })}</h1>
      <Prose text={about.text} lang={about.lang} />
      <section class="stack" aria-labelledby="people">
        <h2 id="people">{t('node.people')}</h2>
        {node.team.length === 0 && <p class="muted">{t('node.people_none')}</p>}
        <ul class="items">
          {node.team.map((member) => (
            <Member visit={visit} member={member} />
          ))}
        </ul>
      </section>
      <section class="stack" id="contact" aria-labelledby="contact-title">
        <h2 id="contact-title">{t('node.contact')}</h2>
        <p class="measure">
          {address === null ? t('node.contact_none') : t.rich('node.contact_text', { address: () => <Mail address={address} /> })}
        </p>
      </section>
      <Host visit={visit} />
      <p class="row">
        <a href={visit.to('/terms')}>{t('node.terms')}</a>
        <a href={visit.to('/accounts')}>{t('node.accounts')}</a>
        <a href={visit.to('/software')}>{t('node.software')}</a>
      </p>
    </>
  );
}

function Mail({ address }: { address: string }) {
  return <a href={`mailto:${address}`}>{address}</a>;
}

function Member({ visit, member }: { visit: Visit; member: TeamMember }) {
  const { t } = visit;
  const role = visit.text(member.role ?? {});
  return (
    <li class="item">
      <span class={`glyph${member.kind === 'organisation' ? '' : ' is-round'}`} aria-hidden="true">
        {initials(member.name)}
      </span>
      <h3 class="line-title">{member.url?.startsWith('https://') ? <a href={member.url}>{member.name}</a> : member.name}</h3>
      {member.demonstration ? <em class="demonstration">{t('look.demonstration')}</em> : <span />}
      {role.text && (
        <p class="item-more" lang={role.lang}>
          {role.text}
        </p>
      )}
    </li>
  );
}

function Host({ visit }: { visit: Visit }) {
  const { t, node } = visit;
  const { host } = node;
  const country = new Intl.DisplayNames(visit.locale, { type: 'region' }).of(host.country) ?? host.country;
  return (
    <Panel level={2} title={t('node.host')}>
      <p class="measure">{t('node.host_text', { host: host.name, node: nodeName(visit).text })}</p>
      <dl class="node-facts">
        <div>
          <dt>{t('node.host_name')}</dt>
          <dd>{host.name}</dd>
        </div>
        {host.legal_form !== '' && (
          <div>
            <dt>{t('node.host_form')}</dt>
            <dd>{host.legal_form}</dd>
          </div>
        )}
        <div>
          <dt>{t('node.host_country')}</dt>
          <dd>{country}</dd>
        </div>
        <div>
          <dt>{t('node.host_fee')}</dt>
          <dd>{t('node.host_fee_text', { fee: node.settings.fee_bp / 100 })}</dd>
        </div>
      </dl>
      {host.demonstration && <Notice kind="attention">{t('node.host_demonstration')}</Notice>}
    </Panel>
  );
}

/** The rules of this node, in the words of its team. */
export function TermsPage({ visit }: { visit: Visit }) {
  const { t, node } = visit;
  const terms = visit.text(node.terms, node.default_locale);
  return (
    <>
      <h1>{t('node.terms_title', { node: nodeName(visit).text })}</h1>
      {terms.text === '' ? (
        <p class="muted">{t('node.terms_none')}</p>
      ) : (
        <Prose text={terms.text.replace(/^##/gm, '#')} level={2} lang={terms.lang} />
      )}
      <p>
        <a href={visit.to('/how')}>{t('node.how')}</a>
      </p>
    </>
  );
}

const gaps = ['video', 'map', 'translations', 'people', 'devices'] as const;

/** How accessible this site is, what is missing, and whom to tell. */
export function AccessibilityPage({ visit, address }: { visit: Visit; address: string | null }) {
  const { t } = visit;
  return (
    <>
      <h1>{t('node.access_title')}</h1>
      <p class="lede">{t('node.access_lede')}</p>
      <section class="stack">
        <h2>{t('node.access_state')}</h2>
        <p>{t('node.access_state_text')}</p>
      </section>
      <section class="stack">
        <h2>{t('node.access_done')}</h2>
        <ul>
          {(['script', 'keyboard', 'reader', 'contrast', 'zoom', 'motion', 'light'] as const).map((point) => (
            <li>{t(`node.access_done_${point}`)}</li>
          ))}
        </ul>
      </section>
      <section class="stack">
        <h2>{t('node.access_gaps')}</h2>
        <ul>
          {gaps.map((gap) => (
            <li>{t(`node.access_gap_${gap}`)}</li>
          ))}
        </ul>
      </section>
      <section class="stack">
        <h2>{t('node.access_tested')}</h2>
        <p>{t('node.access_tested_text')}</p>
      </section>
      <section class="stack">
        <h2>{t('node.access_tell')}</h2>
        <p>
          {address === null
            ? t('node.access_tell_none')
            : t.rich('node.access_tell_text', { address: () => <Mail address={address} /> })}
        </p>
      </section>
    </>
  );
}

/** The programme itself: its licence, its version, and what it stands on. */
export function SoftwarePage({
  visit,
  version,
  parts,
  address,
}: {
  visit: Visit;
  version: string;
  parts: readonly Part[];
  address: string | null;
}) {
  const { t } = visit;
  const licence = (text: unknown) => (
    <a href="https://www.gnu.org/licenses/agpl-3.0.html" rel="license noopener">
      {text as string[]}
    </a>
  );
  return (
    <>
      <h1>{t('node.software_title')}</h1>
      <p class="lede">{t('node.software_lede')}</p>
      <p>{t.rich('node.software_licence', { version, licence })}</p>
      <p>
        {address === null
          ? t('node.software_source_here')
          : t.rich('node.software_source', { address: () => <Mail address={address} /> })}
      </p>
      <section class="stack">
        <h2>{t('node.software_parts')}</h2>
        <ul class="node-parts">
          {parts.map((part) => (
            <li>
              <b>{part.name}</b> <span class="muted">{[part.version, part.licence].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      </section>
      <section class="stack">
        <h2>{t('node.software_thanks')}</h2>
        <p>{t('node.software_thanks_text')}</p>
      </section>
    </>
  );
}
