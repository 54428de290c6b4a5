/** Every text of the interface, by language and area: `locales/<language>/<area>.json`. English gives the keys their type. */

import en_accounts from '../../locales/en/accounts.json' with { type: 'json' };
import en_common from '../../locales/en/common.json' with { type: 'json' };
import en_commons from '../../locales/en/commons.json' with { type: 'json' };
import en_contribute from '../../locales/en/contribute.json' with { type: 'json' };
import en_contribution from '../../locales/en/contribution.json' with { type: 'json' };
import en_desk from '../../locales/en/desk.json' with { type: 'json' };
import en_dev from '../../locales/en/dev.json' with { type: 'json' };
import en_explore from '../../locales/en/explore.json' with { type: 'json' };
import en_home from '../../locales/en/home.json' with { type: 'json' };
import en_how from '../../locales/en/how.json' with { type: 'json' };
import en_look from '../../locales/en/look.json' with { type: 'json' };
import en_mail from '../../locales/en/mail.json' with { type: 'json' };
import en_node from '../../locales/en/node.json' with { type: 'json' };
import en_project from '../../locales/en/project.json' with { type: 'json' };
import en_refusal from '../../locales/en/refusal.json' with { type: 'json' };
import en_sandbox from '../../locales/en/sandbox.json' with { type: 'json' };
import en_sign from '../../locales/en/sign.json' with { type: 'json' };
import en_wallet from '../../locales/en/wallet.json' with { type: 'json' };
import es_accounts from '../../locales/es/accounts.json' with { type: 'json' };
import es_common from '../../locales/es/common.json' with { type: 'json' };
import es_commons from '../../locales/es/commons.json' with { type: 'json' };
import es_contribute from '../../locales/es/contribute.json' with { type: 'json' };
import es_contribution from '../../locales/es/contribution.json' with { type: 'json' };
import es_desk from '../../locales/es/desk.json' with { type: 'json' };
import es_dev from '../../locales/es/dev.json' with { type: 'json' };
import es_explore from '../../locales/es/explore.json' with { type: 'json' };
import es_home from '../../locales/es/home.json' with { type: 'json' };
import es_how from '../../locales/es/how.json' with { type: 'json' };
import es_look from '../../locales/es/look.json' with { type: 'json' };
import es_mail from '../../locales/es/mail.json' with { type: 'json' };
import es_node from '../../locales/es/node.json' with { type: 'json' };
import es_project from '../../locales/es/project.json' with { type: 'json' };
import es_refusal from '../../locales/es/refusal.json' with { type: 'json' };
import es_sandbox from '../../locales/es/sandbox.json' with { type: 'json' };
import es_sign from '../../locales/es/sign.json' with { type: 'json' };
import es_wallet from '../../locales/es/wallet.json' with { type: 'json' };
import fr_accounts from '../../locales/fr/accounts.json' with { type: 'json' };
import fr_common from '../../locales/fr/common.json' with { type: 'json' };
import fr_commons from '../../locales/fr/commons.json' with { type: 'json' };
import fr_contribute from '../../locales/fr/contribute.json' with { type: 'json' };
import fr_contribution from '../../locales/fr/contribution.json' with { type: 'json' };
import fr_desk from '../../locales/fr/desk.json' with { type: 'json' };
import fr_dev from '../../locales/fr/dev.json' with { type: 'json' };
import fr_explore from '../../locales/fr/explore.json' with { type: 'json' };
import fr_home from '../../locales/fr/home.json' with { type: 'json' };
import fr_how from '../../locales/fr/how.json' with { type: 'json' };
import fr_look from '../../locales/fr/look.json' with { type: 'json' };
import fr_mail from '../../locales/fr/mail.json' with { type: 'json' };
import fr_node from '../../locales/fr/node.json' with { type: 'json' };
import fr_project from '../../locales/fr/project.json' with { type: 'json' };
import fr_refusal from '../../locales/fr/refusal.json' with { type: 'json' };
import fr_sandbox from '../../locales/fr/sandbox.json' with { type: 'json' };
import fr_sign from '../../locales/fr/sign.json' with { type: 'json' };
import fr_wallet from '../../locales/fr/wallet.json' with { type: 'json' };

const en = {
  common: en_common,
  look: en_look,
  sign: en_sign,
  home: en_home,
  explore: en_explore,
  commons: en_commons,
  how: en_how,
  node: en_node,
  project: en_project,
  accounts: en_accounts,
  contribute: en_contribute,
  contribution: en_contribution,
  wallet: en_wallet,
  sandbox: en_sandbox,
  refusal: en_refusal,
  mail: en_mail,
  desk: en_desk,
  dev: en_dev,
};
const fr = {
  common: fr_common,
  look: fr_look,
  sign: fr_sign,
  home: fr_home,
  explore: fr_explore,
  commons: fr_commons,
  how: fr_how,
  node: fr_node,
  project: fr_project,
  accounts: fr_accounts,
  contribute: fr_contribute,
  contribution: fr_contribution,
  wallet: fr_wallet,
  sandbox: fr_sandbox,
  refusal: fr_refusal,
  mail: fr_mail,
  desk: fr_desk,
  dev: fr_dev,
};
const es = {
  common: es_common,
  look: es_look,
  sign: es_sign,
  home: es_home,
  explore: es_explore,
  commons: es_commons,
  how: es_how,
  node: es_node,
  project: es_project,
  accounts: es_accounts,
  contribute: es_contribute,
  contribution: es_contribution,
  wallet: es_wallet,
  sandbox: es_sandbox,
  refusal: es_refusal,
  mail: es_mail,
  desk: es_desk,
  dev: es_dev,
};

/** The languages of the interface. */
export const locales = ['en', 'fr', 'es'] as const;
export type Locale = (typeof locales)[number];

type Areas = typeof en;
/** "area.key" of every English message. */
export type MessageKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A] & string}` }[keyof Areas];

/** All messages, as loaded: `messages[locale][area][key]`. */
export const messages: Record<Locale, Record<string, Record<string, string>>> = { en, fr, es };
