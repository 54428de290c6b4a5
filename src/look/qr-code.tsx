import { raw } from 'hono/html';
import { encode } from 'uqr';
import { escaped, remember } from './memo.ts';

/** A QR code as one path; `label` says where it leads. Dark on light in every scheme, as readers want it. */
export function QrCode(props: { text: string; label: string; class?: string }) {
  return raw(drawCode({ text: props.text, label: props.label, css: `qr${props.class ? ` ${props.class}` : ''}` }));
}

const drawCode = remember(
  ({ text, label, css }: { text: string; label: string; css: string }) => {
    const { data, size } = encode(text, { ecc: 'M', border: 2 });
    const runs = data.flatMap((row, y) => runsOf(row).map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`));
    return (
      `<svg class="${escaped(css)}" viewBox="0 0 ${size} ${size}" width="160" height="160" role="img" aria-label="${escaped(label)}" ` +
      `shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#08201f" d="${runs.join('')}"/></svg>`
    );
  },
  ({ text, label, css }) => JSON.stringify([text, label, css]),
  200,
);

function runsOf(row: readonly boolean[]): [from: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (dark && last && last[0] + last[1] === x) last[1] += 1;
    else if (dark) runs.push([x, 1]);
  });
  return runs;
}
