import { Bar } from '../look/index.ts';
import type { FilledLine } from '../projects/index.ts';
import { addressOf, isOpen, isOver, moneyOf, said, type View, wentBack } from './project-words.ts';

/** What the money pays for: each line with its own fill, in the order in which money reaches them. */
export function Budget({ view }: { view: View }) {
  const { t } = view.visit;
  const { facts } = view;
  if (facts.lines.length === 0) return <p class="muted">{t('project.budget_none')}</p>;
  const open = isOpen(facts.campaign, view.visit.now);
  const minimum = moneyOf(view, facts.campaign?.minimum_cents ?? 0n);
  const optimum = moneyOf(view, facts.campaign?.optimum_cents ?? 0n);
  return (
    <>
      <p class="muted measure">
        {t(open ? 'project.budget_intro' : 'project.budget_intro_past')} {t('project.budget_sum', { minimum, optimum })}
      </p>
      <ul class="lines">
        {facts.lines.map((line) => (
          <Line view={view} line={line} />
        ))}
      </ul>
      {facts.overflow_cents > 0n && (
        <p class="muted">{t('project.budget_overflow', { overflow: moneyOf(view, facts.overflow_cents) })}</p>
      )}
      {open && (
        <p>
          <a href={addressOf(view, 'contribute')}>{t('project.contribute')}</a>
        </p>
      )}
    </>
  );
}

function Line({ view, line }: { view: View; line: FilledLine }) {
  const { t } = view.visit;
  const title = said(view, line.title);
  const why = said(view, line.why);
  const past = wentBack(view.facts.campaign);
  return (
    <li class="line">
      <span class="line-title" lang={title.lang}>
        {title.text}
      </span>
      <b class="num">{moneyOf(view, line.amount_cents)}</b>
      <span class="line-facts">
        {t(`project.line_${line.kind}`)} · {t(line.essential ? 'project.essential' : 'project.additional')}
      </span>
      <span class="line-facts">{past ? '' : filledWords(view, line)}</span>
      {why.text && (
        <span class="line-more" lang={why.lang}>
          {why.text}
        </span>
      )}
      {!past && <Bar filled={line.share} />}
    </li>
  );
}

function filledWords(view: View, line: FilledLine): string {
  const { t } = view.visit;
  if (line.filled_cents >= line.amount_cents) return t('project.line_filled');
  const filled = moneyOf(view, line.filled_cents);
  const none = line.filled_cents === 0n;
  if (isOver(view.facts.campaign)) return none ? t('project.line_past_none') : t('project.line_past', { filled });
  return none ? t('project.line_not_yet') : t('project.line_so_far', { filled });
}
