import { ButtonLink } from '../look/index.ts';
import { addressOf, isOpen, isOver, type View } from './project-words.ts';

/** May a reader still do something here? Hands are welcome as long as the campaign was not decided, and after it was funded. */
export function actionsOf({ facts, visit }: View): { give: boolean; hand: boolean } {
  const { campaign, asks } = facts;
  const hand = !isOver(campaign) || (campaign?.state === 'funded' && asks.length > 0);
  return { give: isOpen(campaign, visit.now), hand };
}

/** The two actions side by side, money first and hands as visible; nothing when all is over. */
export function Actions({ view, bar }: { view: View; bar?: boolean }) {
  const { t } = view.visit;
  const { give, hand } = actionsOf(view);
  if (!give && !hand) return null;
  return (
    <nav class={bar ? 'action-bar' : 'two'} aria-label={t(bar ? 'project.actions_bar' : 'project.actions')}>
      {give && (
        <ButtonLink kind="give" href={addressOf(view, 'contribute')}>
          {t('project.contribute')}
        </ButtonLink>
      )}
      {hand && (
        <ButtonLink kind="hand" href={addressOf(view, 'hands')}>
          {t('project.lend_a_hand')}
        </ButtonLink>
      )}
    </nav>
  );
}
