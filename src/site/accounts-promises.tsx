import { Chip, Notice, Time } from '../look/index.ts';
import type { Check } from '../stats/index.ts';
import type { Visit } from '../visits/index.ts';

/** How anybody can check the accounts, and what the house itself checks every ten minutes, with the last outcome. */
export function Promised({ visit, check }: { visit: Visit; check: Check | undefined }) {
  const { t } = visit;
  return (
    <section class="stack" id="verify" aria-labelledby="verify-title">
      <h2 id="verify-title">{t('accounts.part_verify')}</h2>
      <ol class="accounts-ways measure">
        {(['line', 'sum', 'file', 'code'] as const).map((way) => (
          <li>
            <b>{t(`accounts.way_${way}`)}</b> {t(`accounts.way_${way}_text`)}
          </li>
        ))}
      </ol>
      <h3>{t('accounts.promises')}</h3>
      <p class="measure">{t('accounts.promises_text')}</p>
      <Outcome visit={visit} check={check} />
      {check && (
        <ul class="promises">
          {check.promises.map((promise) => {
            const broken = check.broken.includes(promise);
            return (
              <li>
                <Chip kind={broken ? 'alarm' : 'reed'}>
                  {broken ? t('accounts.promise_is_broken') : t('accounts.promise_holds')}
                </Chip>
                <span>{t.maybe(`accounts.promise_${promise}`) ?? promise.replaceAll('_', ' ')}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Outcome({ visit, check }: { visit: Visit; check: Check | undefined }) {
  const { t } = visit;
  if (!check) return <Notice>{t('accounts.never_checked')}</Notice>;
  const facts = { n: check.promises.length, broken: check.broken.length, moment: visit.moment(check.at) };
  return (
    <Notice kind={check.broken.length > 0 ? 'problem' : 'done'}>
      <Time at={check.at}>{t(check.broken.length > 0 ? 'accounts.checked_broken' : 'accounts.checked', facts)}</Time>
    </Notice>
  );
}
