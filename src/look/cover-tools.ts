import type { Random } from '../kit/index.ts';
import type { Palette } from './cover-palette.ts';

/** Three tools of three trades, each on its own ground, before the same horizon. */
export function tools(random: Random, colours: Palette): string {
  const grounds = random.shuffle([colours.sky, colours.land(0.12), colours.land(0.4), colours.light]);
  const chosen = random.shuffle(drawings).slice(0, 3);
  const panels = chosen.map((draw, index) => {
    const ground = grounds[index] ?? colours.sky;
    const horizon = `<path fill="${colours.land(0.3 + index * 0.14)}" d="M0 ${300 + ((index * 37) % 60)}q100-${30 + index * 12} 200 0v110H0z"/>`;
    const disc = `<circle cx="100" cy="178" r="84" fill="${ground === colours.sky ? colours.land(0.22) : colours.sky}" fill-opacity=".75"/>`;
    return `<g transform="translate(${index * 200})"><path fill="${ground}" d="M0 0h200.5v400H0z"/>${disc}${horizon}${draw(colours.land(1), colours.water, colours.light)}</g>`;
  });
  return panels.join('');
}

type Drawing = (body: string, blade: string, mark: string) => string;

const drawings: Drawing[] = [
  (body, blade) =>
    `<path fill="none" stroke="${body}" stroke-width="13" stroke-linecap="round" d="M100 88v132M74 82h52"/><path fill="${blade}" stroke="${body}" stroke-width="6" d="M66 212h68v58q0 34-34 56-34-22-34-56z"/>`,
  (body, blade, mark) =>
    `<circle cx="100" cy="178" r="66" fill="none" stroke="${body}" stroke-width="26" stroke-dasharray="26 25.8"/><circle cx="100" cy="178" r="58" fill="${body}"/><circle cx="100" cy="178" r="34" fill="${blade}"/><circle cx="100" cy="178" r="13" fill="${mark}"/>`,
  (body, blade, mark) =>
    `<path fill="none" stroke="${body}" stroke-width="9" stroke-linecap="round" d="M100 318V170"/><path fill="${blade}" d="M100 222Q34 218 36 148q66 4 64 74z"/><path fill="${body}" d="M100 190q-2-74 64-78 2 70-64 78z"/><circle cx="100" cy="104" r="12" fill="${mark}"/>`,
  (body, blade, mark) =>
    `<path fill="${blade}" stroke="${body}" stroke-width="7" stroke-linejoin="round" d="M100 138Q70 116 30 124v110q40-8 70 14 30-22 70-14V124q-40-8-70 14zv110"/><path fill="none" stroke="${mark}" stroke-width="6" stroke-linecap="round" d="M48 152q20-2 34 6M48 176q20-2 34 6M118 158q14-8 34-6M118 182q14-8 34-6"/>`,
  (body, blade, mark) =>
    `<circle cx="100" cy="184" r="74" fill="none" stroke="${body}" stroke-width="12"/><path stroke="${blade}" stroke-width="4" d="M100 110v148M26 184h148M48 132l104 104M152 132L48 236"/><circle cx="100" cy="184" r="14" fill="${mark}"/>`,
  (body, blade, mark) =>
    `<path fill="none" stroke="${body}" stroke-width="15" stroke-linecap="round" d="M100 150v160"/><path fill="${blade}" stroke="${body}" stroke-width="6" stroke-linejoin="round" d="M42 108h92q28 4 34 40h-34v12H42z"/><circle cx="64" cy="134" r="8" fill="${mark}"/>`,
  (body, blade, mark) =>
    `<path fill="${blade}" stroke="${body}" stroke-width="7" stroke-linejoin="round" d="M66 150h68l12 128H54z"/><path fill="none" stroke="${body}" stroke-width="9" stroke-linecap="round" d="M138 176l40-42M62 170q-34 10-26 60M72 150q28-56 56 0"/><path stroke="${mark}" stroke-width="5" stroke-linecap="round" d="M176 118l-8-12M190 128l2-14M162 132l-16-6"/>`,
  (body, blade, mark) =>
    `<rect x="36" y="146" width="128" height="104" rx="12" fill="${body}"/><circle cx="78" cy="198" r="32" fill="${blade}"/><circle cx="78" cy="198" r="10" fill="${body}"/><path stroke="${mark}" stroke-width="7" stroke-linecap="round" d="M126 176h24M126 196h24M126 216h24"/><path stroke="${body}" stroke-width="5" d="M56 146L140 82"/>`,
];
