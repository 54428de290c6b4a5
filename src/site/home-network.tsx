import { Cover } from '../look/index.ts';
import { totalsOf } from '../stats/index.ts';
import type { HomeView } from './home.tsx';

/** The nodes of the network, each in its own colours. */
export function Network({ view: { visit, facts } }: { view: HomeView }) {
  const { t } = visit;
  const others = facts.nodes.filter((node) => node.id !== visit.node.id);
  if (others.length === 0) return null;
  return (
    <section class="band">
      <div class="wrap">
        <header class="band-head">
          <div class="stack is-tight">
            <h2>{t('home.network')}</h2>
            <p>{t('home.network_text')}</p>
          </div>
        </header>
        <ul class="home-nodes">
          {others.map((node) => {
            const name = visit.text(node.name, node.default_locale);
            const tagline = visit.text(node.tagline, node.default_locale);
            const totals = totalsOf(facts.books, { node_id: node.id, host_id: null, currency: node.currency });
            return (
              <li class="card home-node">
                <Cover slug={`place-${node.slug}`} look={node.look} family="hills" />
                <div class="card-body">
                  <h3 class="card-title" lang={name.lang}>
                    <a href={visit.toNode(node, '/')}>{name.text}</a>
                  </h3>
                  <p class="card-claim" lang={tagline.lang}>
                    {tagline.text}
                  </p>
                  <p class="small muted">{t('home.node_live', { n: totals.live, all: totals.campaigns })}</p>
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
