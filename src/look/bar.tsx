import { raw } from 'hono/html';
import { escaped } from './memo.ts';

/** How full one line of the budget is: money as water, what an offer relieves as a hatch. Shares from 0 to 1. */
export function Bar(props: { filled: number; relieved?: number; label?: string }) {
  const share = (value: number | undefined) => Math.round(Math.min(1, Math.max(0, value ?? 0)) * 1000) / 10;
  const [filled, relieved] = [share(props.filled), share(props.relieved)];
  const spoken = props.label ? `role="img" aria-label="${escaped(props.label)}"` : 'aria-hidden="true"';
  const hatch =
    relieved > 0
      ? `<svg x="${Math.max(0, Math.min(filled, 100 - relieved))}%" width="${relieved}%" height="10"><line class="g-hands" x1="-12" x2="105%" y1="5" y2="5" stroke-width="14" transform="skewX(-38)"/></svg>`
      : '';
  return raw(
    `<svg class="bar" width="100%" height="10" ${spoken}><rect class="g-bed" width="100%" height="10"/><rect class="g-water is-people" width="${filled}%" height="10"/>${hatch}</svg>`,
  );
}
