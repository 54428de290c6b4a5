import { raw } from 'hono/html';
import { seeded } from '../kit/index.ts';
import { contours, hills, river, terraces } from './cover-lands.ts';
import { paletteOf } from './cover-palette.ts';
import { channels, fields, seeds } from './cover-plans.ts';
import { stars } from './cover-sky.ts';
import { tools } from './cover-tools.ts';
import { escaped, remember } from './memo.ts';
import { lookHues } from './node-look.ts';
import { words } from './parts.tsx';

const families = { hills, terraces, fields, river, channels, contours, seeds, tools, stars };
export type CoverFamily = keyof typeof families;
export const cover_families = Object.keys(families) as CoverFamily[];

/**
 * The picture of a project: its own, or one drawn from its slug in the colours of its node. It says nothing that the text does not
 * say: hidden from those who listen. `flows`: from the card to the page it moves (one cover of a slug per page only).
 */
export function Cover(props: {
  slug: string;
  look: unknown;
  picture?: string | null | undefined;
  flows?: boolean;
  family?: CoverFamily;
  mood?: string;
  class?: string;
  eager?: boolean | undefined;
}) {
  const css = words('cover', props.class);
  const flow = props.flows ? `cover-${props.slug}` : undefined;
  if (props.picture) {
    return (
      <img
        class={css}
        src={props.picture}
        alt=""
        width={600}
        height={400}
        data-flow={flow}
        loading={props.eager ? 'eager' : 'lazy'}
        decoding="async"
      />
    );
  }
  const named = flow ? ` data-flow="${escaped(flow)}"` : '';
  return raw(
    `<svg class="${escaped(css)}"${named} viewBox="0 0 600 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${drawCover(props)}</svg>`,
  );
}

type Wanted = { slug: string; look: unknown; family?: CoverFamily; mood?: string };

/** The inside of a cover: a pure function of slug and colours. */
export const drawCover = remember(
  ({ slug, look, family, mood }: Wanted) => {
    const random = seeded(slug);
    const chosen = random.pick(cover_families);
    const colours = paletteOf(random, lookHues(look), mood);
    const name = family ?? chosen;
    const ground = name === 'hills' || name === 'terraces' ? `<rect width="600" height="400" fill="${colours.sky}"/>` : '';
    return ground + families[name](random, colours);
  },
  ({ slug, look, family, mood }) => JSON.stringify([slug, look, family, mood]),
  1_000,
);
