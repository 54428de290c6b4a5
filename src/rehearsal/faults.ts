import type { Gateway, Gateways } from '../gateways/index.ts';
import type { Random } from '../kit/index.ts';

/** How often a call to the sandbox company goes wrong, from 0 to 1. */
export type Faults = { down: number; answer_lost: number };

/**
 * The same gateways behind a bad line: a call may fail before it reaches the company (`down`), or succeed there while the answer is lost.
 * Both look the same from here, which is the point.
 */
export function behindBadLine(gateways: Gateways, random: Random, faults: Faults): Gateways {
  const { sandbox } = gateways;
  // One call after the other, so that chance is drawn in the same order each time a seed is played.
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <B>(call: () => Promise<B>): Promise<B> => {
    const turn = before.then(call);
    before = turn.catch(() => {});
    return turn;
  };
  const unreliable = <A extends unknown[], B>(call: (...args: A) => Promise<B>) => {
    const attempt = async (...args: A): Promise<B> => {
      if (random.chance(faults.down)) throw new Error('the line is down');
      const lost = random.chance(faults.answer_lost);
      const answer = await call(...args);
      if (lost) throw new Error('the answer was lost');
      return answer;
    };
    return (...args: A) => inTurn(() => attempt(...args));
  };
  const bad: Gateway = {
    ...sandbox,
    start: unreliable(sandbox.start),
    askStatus: unreliable(sandbox.askStatus),
    collect: unreliable(sandbox.collect),
    refund: unreliable(sandbox.refund),
    forget: unreliable(sandbox.forget),
  };
  return { ...gateways, sandbox: bad };
}
