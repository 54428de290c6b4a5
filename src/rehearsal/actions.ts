import { changeCard, giveByCard, giveByTransfer, giveFromWallet, payLater, withdrawOne } from './gifts.ts';
import { postTwice, raceForReward, raceFromWallet } from './races.ts';
import { giveCash, receive, refundByHand, stop } from './staff.ts';
import { letTimePass, tendByMany, tendOnce, tendWithBadLine } from './time.ts';
import type { Town } from './town.ts';
import { crash, deliver, forge } from './trouble.ts';

/** What can happen in a town in one step; the number says how often, against the others. Each answers what it did, for the record. */
export const actions: readonly { name: string; weight: number; act(town: Town): Promise<string> }[] = [
  { name: 'give by card', weight: 30, act: giveByCard },
  { name: 'pay an open checkout', weight: 16, act: payLater },
  { name: 'deliver webhooks', weight: 16, act: deliver },
  { name: 'give by transfer', weight: 5, act: giveByTransfer },
  { name: 'receive a transfer', weight: 6, act: receive },
  { name: 'give from the wallet', weight: 5, act: giveFromWallet },
  { name: 'give cash', weight: 3, act: giveCash },
  { name: 'withdraw', weight: 4, act: withdrawOne },
  { name: 'change the card', weight: 4, act: changeCard },
  { name: 'post a form twice', weight: 2, act: postTwice },
  { name: 'race for the last reward', weight: 3, act: raceForReward },
  { name: 'race from one wallet', weight: 2, act: raceFromWallet },
  { name: 'forge a webhook', weight: 1, act: forge },
  { name: 'let time pass', weight: 14, act: letTimePass },
  { name: 'tend', weight: 12, act: tendOnce },
  { name: 'tend with a bad line', weight: 6, act: tendWithBadLine },
  { name: 'tend by five workers', weight: 3, act: tendByMany },
  { name: 'crash', weight: 6, act: crash },
  { name: 'refund by hand', weight: 3, act: refundByHand },
  { name: 'stop a campaign', weight: 1, act: stop },
];
