import { readFileSync } from 'node:fs';
import type { LiveProject, PastProject, References, Seeds } from './shape.ts';

const PAST = ['llevamealhuerto', 'foldarap'];
const LIVE = ['sonder-l-erdre', 'atlas-des-haies', 'voces-del-astillero', 'bici-de-carga', 'menu-comun', 'signed-repair'];

/** Everything that is planted in a fresh installation, read from the JSON files beside this one. */
export function readSeeds(): Seeds {
  return {
    ...readReferences(),
    reward_types: read('reference/reward-types'),
    need_types: read('reference/need-types'),
    ask_types: read('reference/ask-types'),
    nodes: read('nodes'),
    history: read('history'),
    past: PAST.map((name) => read<PastProject>(`projects/${name}`)),
    live: LIVE.map((name) => read<LiveProject>(`projects/${name}`)),
  };
}

/** The tables that projects choose from, without anything that was planted into them. */
export function readReferences(): References {
  return {
    categories: read('reference/categories'),
    commitments: read('reference/commitments'),
    goals: read('reference/goals'),
    licences: read('reference/licences'),
    return_types: read('reference/return-types'),
  };
}

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
}
