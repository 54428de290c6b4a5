/** What a reader asks the list for. Everything stands in the address; each filter holds one value or none. */
export type Wish = {
  q: string;
  category: string | null;
  commitment: string | null;
  place: string | null;
  /** null: the node one is in, or everywhere from the main node. `all`: everywhere. */
  node: string | null;
  state: string | null;
  needs: 'money' | 'hands' | null;
  licence: string | null;
  ends: 'soon' | null;
  sort: Sort | null;
  view: 'map' | null;
  page: number;
};

export const sorts = ['relevance', 'soon', 'newest', 'closest', 'raised'] as const;
export type Sort = (typeof sorts)[number];

export const listed_states = ['open', 'collecting', 'second_round', 'funded', 'fulfilled', 'failed', 'stopped'] as const;

/** The filters whose value is a word of ours, in the order of the page. */
export const word_filters = ['category', 'commitment', 'place', 'node', 'state', 'licence'] as const;
export type WordFilter = (typeof word_filters)[number];
export type Filter = WordFilter | 'needs' | 'ends';

export const per_page = 24;
/** A list is counted and paged up to here; whoever wants to see more narrows the search. */
export const found_max = 1_000;
const q_max = 120;
const pages_max = Math.ceil(found_max / per_page);

/** Reads an address. Whatever makes no sense is as if it had not been said: a list never answers with an error. */
export function readWish(params: URLSearchParams): Wish {
  const one = (name: string) => params.getAll(name).findLast((value) => value.trim() !== '') ?? '';
  const among = <V extends string>(name: string, values: readonly V[]): V | null =>
    values.find((value) => value === one(name)) ?? null;
  return {
    q: readQuestion(one('q')),
    category: readWord(one('category')),
    commitment: readWord(one('commitment')),
    place: readWord(one('place')),
    node: readWord(one('node')),
    state: among('state', listed_states),
    needs: among('needs', ['money', 'hands']),
    licence: readWord(one('licence')),
    ends: among('ends', ['soon']),
    sort: among('sort', sorts),
    view: among('view', ['map']),
    page: readPage(one('page')),
  };
}

/** The address of a wish, bare: only what differs from the usual. A change of anything but the page begins at the first page again. */
export function explorePath(wish: Partial<Wish>, change: Partial<Wish> = {}): string {
  const to: Partial<Wish> = { ...wish, page: 1, ...change };
  const params = new URLSearchParams();
  for (const name of ['q', ...word_filters, 'needs', 'ends', 'sort', 'view'] as const) {
    const value = to[name];
    if (value) params.set(name, value);
  }
  if (to.page && to.page > 1) params.set('page', String(to.page));
  const query = params.toString();
  return query ? `/explore?${query}` : '/explore';
}

/** How the list is ordered when nobody said: by the words when there are some, else what ends first. */
export function sortOf(wish: Wish): Sort {
  if (wish.sort === null || (wish.sort === 'relevance' && wish.q === '')) return wish.q === '' ? 'soon' : 'relevance';
  return wish.sort;
}

/** The filters that are on, for the line that says so and lets go of them one by one. */
export function filtersOn(wish: Wish): [Filter, string][] {
  return ([...word_filters, 'needs', 'ends'] as const).flatMap((name) =>
    wish[name] ? [[name, wish[name]] as [Filter, string]] : [],
  );
}

/** Spaces made plain, what no database holds left out, cut between characters. */
function readQuestion(typed: string): string {
  const plain = typed.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim();
  return [...plain.slice(0, q_max * 4)].slice(0, q_max).join('').trim();
}

function readPage(typed: string): number {
  return /^\d{1,3}$/.test(typed) ? Math.min(pages_max, Math.max(1, Number(typed))) : 1;
}

/** Ids and names in addresses: letters, digits, hyphens and underscores; anything else is no filter of ours. */
function readWord(typed: string): string | null {
  return /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,79}$/u.test(typed) ? typed : null;
}
