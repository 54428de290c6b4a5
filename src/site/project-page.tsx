import type { Child } from 'hono/jsx';
import { Toc, type TocEntry } from '../look/index.ts';
import { LedgerPart } from './ledger.tsx';
import { PosterFoot } from './poster.tsx';
import { Actions } from './project-actions.tsx';
import { Budget } from './project-budget.tsx';
import { Calendar } from './project-calendar.tsx';
import type { ProjectPart } from './project-facts.ts';
import { Hands } from './project-hands.tsx';
import { ProjectHead } from './project-head.tsx';
import { People } from './project-people.tsx';
import { Returns } from './project-returns.tsx';
import { Rewards } from './project-rewards.tsx';
import { ProjectSide } from './project-side.tsx';
import { Story } from './project-story.tsx';
import { Updates } from './project-updates.tsx';
import { addressOf, type View } from './project-words.ts';

type PageProps = { view: View; part: ProjectPart | null; page: number; before: string | null };

/** One long page: head, the state of the money, then every part. Under a part's own address: the same, with that part alone. */
export function ProjectPage(props: PageProps) {
  const { view, part } = props;
  return (
    <div class="wrap">
      <article class={part === null ? 'project' : 'project is-part'}>
        <ProjectHead view={view} compact={part !== null} />
        {part === null && <ProjectSide view={view} />}
        <div class="project-body">
          <Contents view={view} part={part} />
          {part === null ? <WholePage {...props} /> : <OnePart {...props} part={part} />}
        </div>
        {/* Whoever asked for one part reads it first; on wide screens both stand side by side. */}
        {part === null ? <PosterFoot view={view} /> : <ProjectSide view={view} />}
      </article>
      <Actions view={view} bar />
    </div>
  );
}

function WholePage({ view }: PageProps) {
  const { facts } = view;
  return (
    <>
      <Story view={view} />
      <Part view={view} part="budget" child={<Budget view={view} />} />
      {facts.rewards.length > 0 && <Part view={view} part="rewards" child={<Rewards view={view} />} />}
      <Part view={view} part="returns" child={<Returns view={view} />} />
      <Part view={view} part="hands" child={<Hands view={view} />} />
      {facts.updates_count > 0 && <Part view={view} part="updates" child={<Updates view={view} />} />}
      <Part view={view} part="people" child={<People view={view} page={1} alone={false} />} />
      <Part view={view} part="ledger" child={<LedgerPart view={view} alone={false} before={null} />} />
      <Part view={view} part="calendar" child={<Calendar view={view} />} />
    </>
  );
}

function OnePart({ view, part, page, before }: PageProps & { part: ProjectPart }) {
  const bodies: Record<ProjectPart, () => Child> = {
    budget: () => <Budget view={view} />,
    rewards: () => <Rewards view={view} />,
    returns: () => <Returns view={view} />,
    hands: () => <Hands view={view} />,
    updates: () => <Updates view={view} />,
    people: () => <People view={view} page={page} alone />,
    ledger: () => <LedgerPart view={view} alone before={before} />,
    calendar: () => <Calendar view={view} />,
  };
  return <Part view={view} part={part} child={bodies[part]()} alone />;
}

function Part({ view, part, child, alone }: { view: View; part: ProjectPart; child: Child; alone?: boolean }) {
  const title = view.visit.t(`project.part_${part}`);
  return (
    <section class="project-part" id={part} aria-labelledby={`${part}-title`}>
      <h2 id={`${part}-title`}>{alone ? title : <a href={addressOf(view, part)}>{title}</a>}</h2>
      {child}
    </section>
  );
}

function Contents({ view, part }: { view: View; part: ProjectPart | null }) {
  const { t } = view.visit;
  const { facts } = view;
  const counts: Partial<Record<ProjectPart, number>> = {
    rewards: facts.rewards.length,
    hands: facts.asks.length,
    updates: facts.updates_count,
  };
  const shown = (['budget', 'rewards', 'returns', 'hands', 'updates', 'people', 'ledger', 'calendar'] as const).filter(
    (each) => counts[each] !== 0 || each === 'hands' || each === part,
  );
  const entries: TocEntry[] = shown.map((each) => ({
    href: part === null ? `#${each}` : addressOf(view, each),
    label: t(`project.part_${each}`),
    current: each === part,
    ...(counts[each] ? { count: counts[each] } : {}),
  }));
  const story = {
    href: part === null ? '#story' : addressOf(view),
    label: t(part === null ? 'project.part_story' : 'project.whole_page'),
  };
  return <Toc t={t} entries={[story, ...entries]} />;
}
