import { nodeName } from '../look/index.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { Ask } from '../projects/index.ts';
import { said, type View } from './project-words.ts';

/** Everything but money that the project asks for, as text, and how to offer it. */
export function Hands({ view }: { view: View }) {
  const { visit, facts } = view;
  const { t } = visit;
  if (facts.asks.length === 0) return <p class="muted">{t('project.hands_none')}</p>;
  const team = (words: unknown) => <a href={visit.to('/team')}>{words as string[]}</a>;
  return (
    <>
      <p class="muted measure">{t('project.hands_intro')}</p>
      <ul class="items">
        {facts.asks.map((ask) => (
          <AskItem view={view} ask={ask} />
        ))}
      </ul>
      <p class="measure">{t.rich('project.hands_how', { node: nodeName(visit).text, team })}</p>
    </>
  );
}

function AskItem({ view, ask }: { view: View; ask: Ask }) {
  const { t } = view.visit;
  const title = said(view, ask.title);
  const why = said(view, ask.why);
  const amount = t.maybe(`project.ask_${ask.unit}`, { n: Number(ask.quantity) });
  const kind: MessageKey = `project.ask_${ask.type}` as MessageKey;
  const where = ask.remote ? t('project.ask_remote') : (ask.place ?? t('project.ask_on_site'));
  return (
    <li class="item">
      <span class="glyph is-hand" aria-hidden="true" />
      <h3 class="line-title" lang={title.lang}>
        {title.text}
      </h3>
      <b class="num">{amount ?? `${view.visit.number(Number(ask.quantity))} ${ask.unit}`}</b>
      <p class="item-more">
        {t(kind)} · {where}
      </p>
      {why.text && (
        <p class="item-more" lang={why.lang}>
          {why.text}
        </p>
      )}
    </li>
  );
}
