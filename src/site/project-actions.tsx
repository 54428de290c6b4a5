import { ButtonLink } from '../look/index.ts';
import { addressOf, isOpen, type View } from './project-words.ts';

/** The two actions side by side, money first and hands as visible. */
export function Actions({ view }: { view: View }) {
  const { t } = view.visit;
  const open = isOpen(view.facts.campaign, view.visit.now);
  return (
    <>
      {open && (
        <ButtonLink kind="give" href={addressOf(view, 'contribute')}>
          {t('project.contribute')}
        </ButtonLink>
      )}
      <ButtonLink kind="hand" href={addressOf(view, 'hands')}>
        {t('project.lend_a_hand')}
      </ButtonLink>
    </>
  );
}
