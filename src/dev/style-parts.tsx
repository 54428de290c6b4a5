import {
  Button,
  ButtonLink,
  Chip,
  CopyText,
  Empty,
  MapOfPlaces,
  Money,
  Notice,
  Panel,
  Prose,
  QrCode,
  StateChip,
  Time,
  Title,
} from '../look/index.ts';
import type { Visit } from '../visits/index.ts';
import type { StyleSection } from './style.tsx';

/** Type, colours, buttons, chips, notices, panels, texts, maps. */
export function partSections(visit: Visit): StyleSection[] {
  return [type(visit), colours(), buttons(), chips(visit), notices(), texts(visit), places()];
}

function type(visit: Visit): StyleSection {
  const body = (
    <div class="stack">
      <p class="big-num">{visit.money(2_184_000n)}</p>
      <h3>
        Heading three, with a name that stays whole: <Title text="FoldaRap, Peer-to-Peer Edition" />
      </h3>
      <h4>Heading four</h4>
      <p class="lede">A lede: fund open projects around here, or lend them what you know, own or have time for.</p>
      <p class="measure">
        Text at a generous measure, with a <a href="#colours">link to the colours</a>, <strong>strong words</strong>,{' '}
        <em>a stress</em>, an amount <Money>{visit.money(1_250n)}</Money>, a day{' '}
        <Time at={visit.now}>{visit.day(visit.now)}</Time> and <code>code</code>. Letters of many tongues: Ñandú, Œuvre, çığ,
        Łódź, Škoda, ŀl.
      </p>
      <p class="small muted">Small and muted.</p>
      <dl class="figures">
        {[
          ['collected since 2013', visit.money(41_268_000n)],
          ['hours of confirmed hands', visit.number(3914)],
          ['commons delivered', visit.number(61)],
        ].map(([what, sum]) => (
          <div>
            <dt>{what}</dt>
            <dd>{sum}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
  return { id: 'type', title: 'Type', body };
}

const tokens = [
  ...['paper', 'sheet', 'sunk', 'bed', 'chalk', 'edge', 'ink', 'muted'],
  ...['water', 'water-fill', 'water-deep', 'water-pale', 'water-wash', 'clay', 'clay-wash'],
  ...['reed', 'reed-wash', 'sun', 'sun-wash', 'alarm', 'alarm-wash', 'focus'],
];

function colours(): StyleSection {
  const body = (
    <ul class="swatches">
      {tokens.map((token) => (
        <li>
          <svg width="100%" height="56" aria-hidden="true">
            <rect width="100%" height="56" fill={`var(--${token})`} />
          </svg>
          <code>{token}</code>
        </li>
      ))}
    </ul>
  );
  return { id: 'colours', title: 'Colours', body };
}

function buttons(): StyleSection {
  const kinds = ['give', 'hand', 'plain', 'quiet', 'danger'] as const;
  const body = (
    <div class="stack">
      {kinds.map((kind) => (
        <p class="row">
          <ButtonLink kind={kind} href="#buttons">
            {kind}
          </ButtonLink>
          <Button kind={kind} small type="button">
            {kind}, small
          </Button>
          <Button kind={kind} type="button" disabled>
            {kind}, not now
          </Button>
        </p>
      ))}
      <Button kind="give" wide type="button">
        As wide as its place
      </Button>
    </div>
  );
  return { id: 'buttons', title: 'Buttons', body };
}

const states = {
  campaign: [
    'draft',
    'in_review',
    'scheduled',
    'round_one',
    'collecting',
    'round_two',
    'open',
    'funded',
    'fulfilled',
    'failed',
    'stopped',
  ],
  return: ['promised', 'late', 'delivered', 'verified', 'contested'],
  contribution: [
    'started',
    'secured',
    'collected',
    'declined',
    'lapsed',
    'released',
    'withdrawn',
    'refunded',
    'credited',
    'disputed',
  ],
} as const;

function chips(visit: Visit): StyleSection {
  const kinds = ['plain', 'hand', 'reed', 'water', 'sun', 'clay', 'alarm'] as const;
  const body = (
    <div class="stack">
      <p class="chips">
        {kinds.map((kind) => (
          <Chip kind={kind}>{kind}</Chip>
        ))}
      </p>
      <p class="chips">
        <Chip href="#chips">a filter</Chip>
        <Chip href="#chips" current>
          a filter that is on
        </Chip>
      </p>
      {Object.entries(states).map(([of, names]) => (
        <p class="chips">
          {names.map((state) => (
            <StateChip t={visit.t} of={of as keyof typeof states} state={state} />
          ))}
        </p>
      ))}
    </div>
  );
  return { id: 'chips', title: 'Chips and states', body };
}

function notices(): StyleSection {
  const body = (
    <div class="stack">
      <Notice title="To know">
        <p>Nothing is charged today.</p>
      </Notice>
      <Notice kind="done" title="Your contribution is written into the open accounts." />
      <Notice kind="attention">The round ends tonight, 24:00, Madrid time.</Notice>
      <Notice kind="problem" title="Your bank declined the charge">
        <p>
          You can <a href="#notices">try with another card</a> until 5 December.
        </p>
      </Notice>
      <div class="grid">
        <Panel title="A panel">
          <p>A sheet of paper on the page.</p>
        </Panel>
        <Panel title="A quiet panel" class="is-quiet">
          <p>Only its hairline.</p>
        </Panel>
      </div>
      <Empty title="No campaign speaks of this yet" action={<ButtonLink href="#notices">See all campaigns</ButtonLink>}>
        Try fewer words, or another place.
      </Empty>
    </div>
  );
  return { id: 'notices', title: 'Notices, panels, nothing yet', body };
}

const sample_text = `A text written by people, with **strong** words, a [link](https://example.org) and \`code\`.

# Their first heading

- one
- two

> Water is measured in hours.

| what | who |
|---|---|
| plans | everyone |

<script>alert('raw HTML is shown, never run')</script>`;

function texts(visit: Visit): StyleSection {
  const address = `${visit.origin}${visit.to('/dev/style')}`;
  const body = (
    <div class="stack">
      <Prose text={sample_text} level={3} />
      <CopyText visit={visit} text={address} label="the address of this page" />
      <QrCode text={address} label="QR code of this page" />
    </div>
  );
  return { id: 'texts', title: 'Texts, copying, QR code', body };
}

function places(): StyleSection {
  const points = [
    { latitude: 47.22, longitude: -1.55, label: 'Nantes: FoldaRap', href: '#places' },
    { latitude: 43.26, longitude: -2.93, label: 'Bilbao: llevamealhuerto.com', href: '#places', kind: 'water' as const },
    { latitude: 39.47, longitude: -0.38, label: 'Valencia, only shown', kind: 'reed' as const },
  ];
  return { id: 'places', title: 'Map', body: <MapOfPlaces points={points} label="Where three campaigns are" /> };
}
