import type { Child } from 'hono/jsx';
import { Cover, cover_families, Toc } from '../look/index.ts';
import type { Visit } from '../visits/index.ts';
import { formSections } from './style-forms.tsx';
import { gaugeSections } from './style-gauges.tsx';
import { listSections } from './style-lists.tsx';
import { partSections } from './style-parts.tsx';

/** One component or family of them, in all its states. */
export type StyleSection = { id: string; title: string; body: Child };

/** The body of `/dev/style`: every component in every state. The page around it is the one all pages have. */
export function stylePage(visit: Visit) {
  const sections = [
    ...partSections(visit),
    ...gaugeSections(visit),
    covers(visit),
    ...formSections(visit),
    ...listSections(visit),
  ];
  return (
    <div class="stack is-loose">
      <header class="stack is-tight">
        <h1>Style</h1>
        <p class="lede">
          Every component in every state. Look at it in the light, in the dark, at 320 px, printed, and without scripts.
        </p>
      </header>
      <Toc t={visit.t} entries={sections.map(({ id, title }) => ({ href: `#${id}`, label: title }))} />
      {sections.map((section) => (
        <section class="stack" id={section.id} aria-labelledby={`${section.id}-title`}>
          <h2 id={`${section.id}-title`}>{section.title}</h2>
          {section.body}
        </section>
      ))}
    </div>
  );
}

function covers(visit: Visit): StyleSection {
  const slugs = ['eyes-on-the-erdre', 'school-of-repair', 'radio-without-antenna'];
  const body = cover_families.map((family) => (
    <figure class="stack is-tight">
      <div class="grid">
        {slugs.map((slug) => (
          <Cover slug={`${slug}-${family}`} look={visit.node.look} family={family} />
        ))}
      </div>
      <figcaption class="small muted">{family}</figcaption>
    </figure>
  ));
  return { id: 'covers', title: 'Covers', body: <div class="stack">{body}</div> };
}
