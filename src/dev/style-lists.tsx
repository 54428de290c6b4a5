import { Breadcrumbs, DataTable, Pagination, StateChip, Steps, Tabs } from '../look/index.ts';
import type { Visit } from '../visits/index.ts';
import type { StyleSection } from './style.tsx';

/** Tables, pages, trails, steps. */
export function listSections(visit: Visit): StyleSection[] {
  return [tables(visit), ways(visit), steps(visit), items(visit)];
}

function tables(visit: Visit): StyleSection {
  const columns = [{ label: 'When' }, { label: 'What' }, { label: 'From' }, { label: 'To' }, { label: 'Amount', numeric: true }];
  const rows = [
    ['22 November 2026, 10:41', 'contribution', 'card provider', 'campaign', visit.money(2_000n)],
    ['22 November 2026, 10:41', 'match', 'Region', 'campaign', visit.money(2_000n)],
    ['21 November 2026, 18:03', 'fee', 'campaign', 'node', visit.money(80n)],
  ];
  const foot = ['Together', '', '', '', visit.money(4_080n)];
  const body = (
    <div class="stack is-loose">
      <DataTable caption="Rows become sheets on narrow screens" columns={columns} rows={rows} foot={foot} />
      <DataTable caption="Scrolls on narrow screens" narrow="scroll" columns={columns} rows={rows} />
      <DataTable caption="Nothing yet" columns={columns} rows={[]} empty={<p class="muted">No movement yet.</p>} />
    </div>
  );
  return { id: 'tables', title: 'Tables', body };
}

function ways(visit: Visit): StyleSection {
  const { t } = visit;
  const body = (
    <div class="stack is-loose">
      <Breadcrumbs
        t={t}
        trail={[{ href: '#ways', label: 'Explore' }, { href: '#ways', label: 'FoldaRap' }, { label: 'Contribute' }]}
      />
      <Tabs
        label="Ways to look"
        tabs={[
          { href: '#ways', label: 'List', count: 14, current: true },
          { href: '#ways', label: 'Map' },
        ]}
      />
      <Pagination t={t} page={1} pages={3} href={() => '#ways'} />
      <Pagination t={t} page={7} pages={20} href={() => '#ways'} label="Pages of the middle" />
    </div>
  );
  return { id: 'ways', title: 'Trails, tabs, pages', body };
}

function steps(visit: Visit): StyleSection {
  const body = (
    <div class="stack is-loose">
      <Steps
        t={visit.t}
        steps={[
          { title: 'A need, line by line', text: 'Every campaign says what each euro pays for.' },
          { title: 'Many springs', text: 'People give money or lend hands.' },
          { title: 'The gate opens', text: 'At the minimum the money is collected.' },
          { title: 'Back to the commons', text: 'Delivered under open licences, and checked.' },
        ]}
      />
      <Steps
        t={visit.t}
        steps={[
          { title: 'Opened', text: '12 October 2026', state: 'done' },
          { title: 'First round ends', text: '21 November 2026, 24:00, Madrid time', state: 'now' },
          { title: 'Money is collected', state: 'later' },
          { title: 'Second round ends', text: '31 December 2026', state: 'later' },
        ]}
      />
    </div>
  );
  return { id: 'steps', title: 'Steps and calendar', body };
}

function items(visit: Visit): StyleSection {
  const body = (
    <div class="split">
      <ul class="items">
        <li class="item">
          <span class="glyph" aria-hidden="true">
            cad
          </span>
          <h3>Complete plans and source files</h3>
          <StateChip t={visit.t} of="return" state="promised" />
          <p class="item-more">Design · GPL-3.0 · due March 2027</p>
        </li>
        <li class="item">
          <span class="glyph is-hand" aria-hidden="true">
            3 h
          </span>
          <h3>Someone who can weld aluminium</h3>
          <StateChip t={visit.t} of="return" state="verified" />
          <p class="item-more">Nantes, on a Saturday</p>
        </li>
      </ul>
      <ul class="offers">
        <li class="offer">
          <h3 class="offer-title">A part with your name, printed near you</h3>
          <span class="num">{visit.money(1_500n)}</span>
          <p>88 taken · February</p>
        </li>
        <li class="offer is-gone">
          <h3 class="offer-title">The FoldaRap kit</h3>
          <span class="num">{visit.money(60_000n)}</span>
          <p>All 25 are taken</p>
        </li>
      </ul>
    </div>
  );
  return { id: 'items', title: 'Things one gets', body };
}
