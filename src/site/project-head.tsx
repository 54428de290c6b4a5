import { Cover, nodeName, StateChip } from '../look/index.ts';
import { addressOf, said, type View } from './project-words.ts';

/** Picture, where and who, title and claim. `compact` above a part alone: no picture, and the title leads to the whole page. */
export function ProjectHead({ view, compact }: { view: View; compact: boolean }) {
  const { visit, facts } = view;
  const { project, campaign } = facts;
  const title = said(view, project.title);
  const claim = said(view, project.claim);
  const node = nodeName(visit);
  const where = [...new Set([project.place, project.region ?? ''])].filter(Boolean).join(', ');
  return (
    <header class="project-head">
      {!compact && <Cover slug={project.slug} look={visit.node.look} picture={project.cover} flows eager />}
      <p class="project-place">
        {where !== '' && where !== node.text && <span>{where}</span>}
        {visit.node.kind !== 'main' && (
          <a href={visit.to('/')} lang={node.lang}>
            {node.text}
          </a>
        )}
        {campaign && <StateChip t={visit.t} of="campaign" state={campaign.state} />}
        {project.demonstration && <em class="demonstration">{visit.t('project.demonstration')}</em>}
      </p>
      <h1 lang={title.lang}>{compact ? <a href={addressOf(view)}>{unbroken(title.text)}</a> : unbroken(title.text)}</h1>
      <p class="lede" lang={claim.lang}>
        {claim.text}
      </p>
      <p class="project-who">
        {project.promoter_name && <span>{visit.t('project.by', { name: project.promoter_name })}</span>}
        {project.companion && <Companion view={view} companion={project.companion} />}
      </p>
    </header>
  );
}

function Companion({ view, companion }: { view: View; companion: { name: string; url?: string } }) {
  const words = view.visit.t('project.accompanied_by', { name: companion.name });
  return companion.url?.startsWith('https://') ? (
    <a href={companion.url} rel="nofollow noopener">
      {words}
    </a>
  ) : (
    <span>{words}</span>
  );
}

/** A title never breaks inside a hyphenated name; a long address may, before its end. */
function unbroken(text: string): string {
  return text.replace(/(?<=\p{L})-(?=\p{L})/gu, '\u2011').replace(/(?<=\p{L}{8})\.(?=\p{L})/gu, '\u200b.');
}
