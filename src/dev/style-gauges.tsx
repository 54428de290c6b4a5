import { Bar, type CardProject, Gauge, type GaugeFacts, GaugeKey, Panel, ProjectCard, StateChip } from '../look/index.ts';
import type { Visit } from '../visits/index.ts';
import type { StyleSection } from './style.tsx';

/** The gauge at every telling moment, cards, and the lines of a budget. */
export function gaugeSections(visit: Visit): StyleSection[] {
  return [gauges(visit), cards(visit), lines(visit)];
}

const usual = { minimum_cents: 1_850_000n, optimum_cents: 3_100_000n, collected_cents: 0n, secured_cents: 0n };
const moments: Record<string, GaugeFacts> = {
  'nothing yet': { ...usual, hands: 0, time: 0 },
  'the first euro': { ...usual, secured_cents: 100n, hands: 0.02, time: 0.01 },
  'half way': { ...usual, secured_cents: 900_000n, hands: 0.4, time: 0.5 },
  'minimum reached, with matched money': {
    ...usual,
    secured_cents: 1_640_000n,
    matched_cents: 320_000n,
    hands: 0.46,
    time: 0.62,
  },
  'collecting, some declined': {
    ...usual,
    collected_cents: 900_000n,
    secured_cents: 620_000n,
    declined_cents: 210_000n,
    matched_cents: 200_000n,
    collecting: true,
    time: 1,
  },
  'second round': { ...usual, collected_cents: 2_010_000n, secured_cents: 60_000n, hands: 1, time: 0.3 },
  'beyond the optimum': { ...usual, collected_cents: 4_000_000n, hands: 1.2, time: 1 },
  'gates close to each other': {
    ...usual,
    minimum_cents: 980_000n,
    optimum_cents: 1_100_000n,
    secured_cents: 730_000n,
    time: 0.9,
  },
  'a small minimum': { ...usual, minimum_cents: 120_000n, optimum_cents: 2_000_000n, secured_cents: 210_000n, time: 0.2 },
  'the minimum is enough': { ...usual, optimum_cents: 1_850_000n, secured_cents: 700_000n, hands: 0.3, time: 0.4 },
  'only money, no time': { ...usual, secured_cents: 700_000n },
};

function gauges(visit: Visit): StyleSection {
  const body = (
    <div class="grid">
      {Object.entries(moments).map(([moment, facts]) => (
        <Panel title={moment}>
          <Gauge visit={visit} facts={facts} size="large" />
          <GaugeKey visit={visit} facts={facts} />
          <Gauge visit={visit} facts={facts} />
        </Panel>
      ))}
    </div>
  );
  return { id: 'gauges', title: 'Gauges', body };
}

function cards(visit: Visit): StyleSection {
  const card: CardProject = {
    href: '#cards',
    slug: 'foldarap-peer-to-peer-edition',
    title: 'FoldaRap, Peer-to-Peer Edition',
    claim: 'A 3D printer that folds into a bag, and a network of people who make its parts.',
    place: 'Nantes',
    node_name: 'Pays de la Loire',
    companion: 'PiNG',
    demonstration: true,
    gauge: moments['minimum reached, with matched money'] ?? usual,
    when: '18 days left',
    hands_wanted: 6,
    licences: ['GPL-3.0', 'CC BY-SA'],
  };
  const collecting = moments['collecting, some declined'] ?? usual;
  const body = (
    <div class="grid">
      <ProjectCard visit={visit} project={card} />
      <ProjectCard
        visit={visit}
        project={{
          ...card,
          slug: 'school-of-repair',
          title: 'École de la réparation',
          lang: 'fr',
          gauge: collecting,
          when: <StateChip t={visit.t} of="campaign" state="collecting" />,
          licences: [],
        }}
      />
      <ProjectCard
        visit={visit}
        project={{
          href: '#cards',
          slug: 'short',
          title: 'The least a card can say',
          claim: 'Nothing but a claim.',
          place: 'Angers',
          gauge: usual,
        }}
      />
    </div>
  );
  return { id: 'cards', title: 'Cards', body };
}

function lines(visit: Visit): StyleSection {
  const budget = [
    {
      title: 'Moulds and test parts',
      facts: 'Material · essential',
      filled: 0.86,
      relieved: 0.14,
      cents: 620_000n,
      said: 'filled, €900 relieved',
    },
    {
      title: 'Documentation in four languages',
      facts: 'Task · additional',
      filled: 0.62,
      relieved: 0,
      cents: 540_000n,
      said: '62% so far',
    },
    { title: 'Tool library', facts: 'Infrastructure · additional', filled: 0, relieved: 0, cents: 710_000n, said: 'not yet' },
  ];
  const body = (
    <ul class="lines">
      {budget.map((line) => (
        <li class="line">
          <span class="line-title">{line.title}</span>
          <span class="num">{visit.money(line.cents)}</span>
          <span class="line-facts">{line.facts}</span>
          <span class="small">{line.said}</span>
          <Bar filled={line.filled} relieved={line.relieved} />
        </li>
      ))}
    </ul>
  );
  return { id: 'lines', title: 'Lines of a budget', body };
}
