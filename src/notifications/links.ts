import { contributionKey } from '../contributions/index.ts';
import type { Node } from '../nodes/index.ts';
import type { Locale } from '../platform/i18n.ts';
import { sealed, unsealed } from '../platform/seal.ts';
import { address } from '../visits/index.ts';

/** What every letter needs to lead anywhere: where people reach us, and the secret of our keys. */
export type Post = { origin: string; secret: string };

/** The whole address of a bare own path, in a reader's language and a node. */
export function linkTo(post: Post, node: Node, locale: Locale, path: string): string {
  return post.origin + address(locale, node, path);
}

/** Opens a contribution, or its receipt, without an account: the address is the key. */
export function contributionLink(
  post: Post,
  node: Node,
  locale: Locale,
  contribution_id: string,
  page: '' | '/receipt' = '',
): string {
  return linkTo(
    post,
    node,
    locale,
    `/contributions/${contribution_id}${page}?key=${contributionKey(post.secret, contribution_id)}`,
  );
}

export type Topic = 'giver_news' | 'promoter_news';
/** What a link at the foot of a mail speaks of. */
export type Stop = { address: string; topic: Topic; campaign_id: string };

/** Two addresses to say that no more news is wanted: one for people, one for the button that mail programs show. */
export type StopLink = { url: string; one_click_url: string; news: { topic: Topic; campaign_id: string } };

export function stopLinks(post: Post, node: Node, locale: Locale, stop: Stop): StopLink {
  const key = sealed(post.secret, 'mail_stop', `${stop.topic} ${stop.campaign_id} ${stop.address}`);
  return {
    url: linkTo(post, node, locale, `/mail/${key}`),
    one_click_url: `${post.origin}/mail-stop/${key}`,
    news: { topic: stop.topic, campaign_id: stop.campaign_id },
  };
}

/** What the key says, or null when anybody touched it. */
export function readStop(secret: string, key: string): Stop | null {
  const text = key.length < 1_000 ? unsealed(secret, 'mail_stop', key) : null;
  const [, topic, campaign_id, to] = /^(giver_news|promoter_news) ([0-9a-f-]{36}) (.+)$/.exec(text ?? '') ?? [];
  return topic && campaign_id && to ? { address: to, topic: topic as Topic, campaign_id } : null;
}
