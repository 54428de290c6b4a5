import { Chip, Notice, Prose } from '../look/index.ts';
import { type KnownFacts, type SectionId, section_ids } from '../projects/index.ts';
import { said, type View } from './project-words.ts';

/** What the promoter tells, what is known from elsewhere, and the topics. */
export function Story({ view }: { view: View }) {
  const { t } = view.visit;
  const { project } = view.facts;
  const told = section_ids.filter((id) => Object.values(project.sections[id] ?? {}).some(Boolean));
  return (
    <section class="project-part" id="story" aria-label={t('project.part_story')}>
      <NotTranslated view={view} />
      {project.demonstration && <Notice>{t('project.demonstration_long')}</Notice>}
      {told.map((id) => (
        <Section view={view} id={id} />
      ))}
      {project.video && <Video view={view} url={project.video} />}
      <Topics view={view} />
      <Known view={view} facts={project.facts} />
    </section>
  );
}

function Section({ view, id }: { view: View; id: SectionId }) {
  const { text, lang } = said(view, view.facts.project.sections[id] ?? {});
  return (
    <div class="stack is-tight">
      <h2 class="section-title">{view.visit.t(`project.section_${id}`)}</h2>
      <Prose text={text} level={3} lang={lang} />
    </div>
  );
}

function NotTranslated({ view }: { view: View }) {
  const { lang } = said(view, view.facts.project.title);
  const story = said(view, view.facts.project.sections.what ?? view.facts.project.sections.about ?? {});
  const foreign = lang ?? story.lang;
  if (!foreign) return null;
  const { t } = view.visit;
  return <p class="muted small">{t('project.translated_not', { language: t(`project.language_${foreign}`) })}</p>;
}

/** A link, not a frame: no other site learns who reads this page. */
function Video({ view, url }: { view: View; url: string }) {
  const host = URL.canParse(url) ? new URL(url) : null;
  if (host?.protocol !== 'https:') return null;
  return (
    <p>
      <a href={host.href} rel="nofollow noopener">
        {view.visit.t('project.video', { host: host.hostname.replace(/^www\./, '') })}
      </a>
    </p>
  );
}

function Topics({ view }: { view: View }) {
  const { project } = view.facts;
  const { t } = view.visit;
  const names = [...project.categories, ...(project.commitment ? [project.commitment] : [])].map((name) => said(view, name));
  const goals = project.goals.map((goal) => `${goal.id}. ${said(view, goal.name).text}`);
  if (names.length === 0 && goals.length === 0) return null;
  return (
    <div class="stack is-tight">
      <p class="chips">
        {names.map((name) => (
          <Chip lang={name.lang}>{name.text}</Chip>
        ))}
      </p>
      {goals.length > 0 && <p class="muted small">{t('project.goals_un', { goals: goals.join(' · ') })}</p>}
    </div>
  );
}

/** Facts found elsewhere, each with its source: nobody has to believe us. */
function Known({ view, facts }: { view: View; facts: KnownFacts }) {
  const { t } = view.visit;
  const notes = facts.notes ? said(view, facts.notes) : null;
  const sources = [...new Set([...(facts.sources ?? []), ...(facts.facts ?? []).flatMap((fact) => fact.source)])];
  const derived = Object.entries(facts.derived ?? {});
  if (!notes?.text && sources.length === 0) return null;
  return (
    <section class="known" aria-labelledby="known-title">
      <h3 id="known-title">{t('project.facts_title')}</h3>
      {facts.carried_over && <p>{t('project.facts_carried_over')}</p>}
      {notes?.text && <p lang={notes.lang}>{notes.text}</p>}
      {Boolean(facts.facts?.length) && (
        <ul>
          {facts.facts?.map((fact) => (
            <li lang={said(view, fact.text).lang}>
              {said(view, fact.text).text}{' '}
              <span class="muted">[{fact.source.map((source) => sources.indexOf(source) + 1).join(', ')}]</span>
            </li>
          ))}
        </ul>
      )}
      {sources.length > 0 && (
        <details>
          <summary>{t('project.facts_sources')}</summary>
          <ol>
            {sources.map((source) => (
              <li>
                <Source text={source} />
              </li>
            ))}
          </ol>
        </details>
      )}
      {derived.length > 0 && (
        <details>
          <summary>{t('project.facts_derived')}</summary>
          <ul lang="en">
            {derived.map(([field, how]) => (
              <li>{`${field.replaceAll('_', ' ')}: ${how}`}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Source({ text }: { text: string }) {
  const url = /https:\/\/\S+/.exec(text)?.[0];
  if (!url) return <>{text}</>;
  const [before = '', after = ''] = [text.slice(0, text.indexOf(url)), text.slice(text.indexOf(url) + url.length)];
  return (
    <>
      {before}
      <a href={url} rel="nofollow noopener">
        {url}
      </a>
      {after}
    </>
  );
}
