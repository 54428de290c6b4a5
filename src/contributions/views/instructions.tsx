import { formatCents } from '../../kit/index.ts';
import { CopyText, Notice, Panel, QrCode } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { Shown } from '../page-queries.ts';
import { deadline, instant, moneyIn } from './words.ts';

/** Everything a bank's form asks for, each to be copied, and the same as the QR code that European bank apps read. */
export function Instructions({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { t } = visit;
  const total_cents = shown.amount_cents + shown.tip_cents;
  const fields = [
    ['contribution.transfer_holder', shown.account_holder],
    ['contribution.transfer_iban', inFours(shown.iban)],
    ['contribution.transfer_reference', shown.reference ?? ''],
    ['contribution.transfer_amount', moneyIn(visit, total_cents, shown.currency)],
  ] as const;
  return (
    <Panel title={t('contribution.transfer_title')} level={2} class="transfer">
      <div class="transfer-row">
        <dl class="transfer-facts">
          {fields.map(([key, text]) => (
            <div>
              <dt>{t(key)}</dt>
              <dd>
                <CopyText visit={visit} text={text} label={t(key)} />
              </dd>
            </div>
          ))}
        </dl>
        <figure class="transfer-code">
          <QrCode text={epcCode(shown, total_cents)} label={t('contribution.transfer_code')} />
          <figcaption class="small muted">{t('contribution.transfer_code')}</figcaption>
        </figure>
      </div>
      <p>{t('contribution.transfer_by', { lapses: instant(visit, shown.lapses_at, shown.time_zone) })}</p>
      {endsBefore(shown) && (
        <Notice kind="attention">
          {t('contribution.transfer_round_ends', { end: deadline(visit, shown.ends_at, shown.time_zone) })}
        </Notice>
      )}
      {shown.demonstration && <Notice>{t('contribution.transfer_demonstration')}</Notice>}
    </Panel>
  );
}

function inFours(iban: string): string {
  return iban.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ');
}

function endsBefore(shown: Shown): boolean {
  return shown.ends_at !== null && shown.lapses_at !== null && Temporal.Instant.compare(shown.ends_at, shown.lapses_at) < 0;
}

/** A credit transfer as European bank apps read it: EPC069-12, version 2, UTF-8. */
function epcCode(shown: Shown, total_cents: bigint): string {
  const holder = shown.account_holder.slice(0, 70);
  return [
    'BCD',
    '002',
    '1',
    'SCT',
    '',
    holder,
    shown.iban.replaceAll(/\s/g, ''),
    `${shown.currency}${formatCents(total_cents)}`,
    '',
    '',
    shown.reference ?? '',
  ].join('\n');
}
