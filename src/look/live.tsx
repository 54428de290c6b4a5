import type { Child } from 'hono/jsx';
import type { Visit } from '../visits/index.ts';
import { Button } from './parts.tsx';

/**
 * Around a form of money: as amounts are chosen, everything inside marked `data-live` follows. `total` (contribution and tip),
 * `amount`, `tip`, `with_you` (what the campaign will have). Without scripts what the server wrote simply stays.
 */
export function LiveTotal(props: {
  visit: Visit;
  raised_cents: bigint;
  currency: string;
  amount?: string;
  tip?: string;
  children?: Child;
}) {
  return (
    <live-total
      data-locale={props.visit.locale}
      data-currency={props.currency}
      data-raised={String(props.raised_cents)}
      data-amount={props.amount ?? 'amount'}
      data-tip={props.tip ?? 'tip'}
    >
      {props.children}
    </live-total>
  );
}

/** A sum that follows the form it stands in (see LiveTotal). `announce` reads it aloud, gently, when it changes: once per page. */
export function Live(props: { of: 'total' | 'amount' | 'tip' | 'with_you'; announce?: boolean; children?: Child }) {
  return (
    <output class="num" data-live={props.of} aria-live={props.announce ? 'polite' : 'off'}>
      {props.children}
    </output>
  );
}

/** A text to take along (a link, an IBAN, a reference) with a button that copies it; the button appears only where it works. */
export function CopyText(props: { visit: Visit; text: string; label: string; id?: string }) {
  const { t } = props.visit;
  return (
    <copy-text data-done={t('look.copied')}>
      <code class="copy-what" id={props.id}>
        {props.text}
      </code>
      <span hidden>
        <Button kind="quiet" small type="button">
          {t('look.copy')}
          <span class="visually-hidden"> {props.label}</span>
        </Button>
      </span>
      <span class="copy-said" role="status" />
    </copy-text>
  );
}

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'live-total': { [attribute: `data-${string}`]: string; children?: Child };
      'copy-text': { [attribute: `data-${string}`]: string; children?: Child };
    }
  }
}
