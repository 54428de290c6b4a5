import { raw } from 'hono/html';
import type { Locale, MessageKey } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';
import { mark } from './mark.ts';
import { remember } from './memo.ts';
import { nodeName, offered } from './place.ts';

const sections: { href: string; key: MessageKey }[] = [
  { href: '/explore', key: 'look.nav_explore' },
  { href: '/explore?needs=hands', key: 'look.nav_hands' },
  { href: '/commons', key: 'look.nav_commons' },
  { href: '/accounts', key: 'look.nav_accounts' },
  { href: '/how', key: 'look.nav_how' },
];

/** What a signed-in person finds under their name. */
const own_pages: { href: string; key: MessageKey }[] = [
  { href: '/me/contributions', key: 'look.my_contributions' },
  { href: '/me/wallet', key: 'look.my_wallet' },
  { href: '/me', key: 'look.my_account' },
];

/** Those who hold something for others find their desk too. */
const desk = { href: '/desk', key: 'look.my_desk' } as const;

const tongues: Record<Locale, string> = { en: 'English', fr: 'Français', es: 'Español' };

/** The head of every page: whose place this is, where one can go, in which language, and who one is. Folds without scripts. */
export function Header({ visit }: { visit: Visit }) {
  return (
    <header class="top">
      <div class="wrap top-row">
        {raw(drawnPlace(visit))}
        <div class="top-nav">
          {raw(drawnSections(visit))}
          <Languages visit={visit} />
          <Self visit={visit} />
        </div>
      </div>
    </header>
  );
}

const drawnPlace = remember(
  (visit: Visit) => String(<Brand visit={visit} />) + String(<Fold label={visit.t('look.menu')} />),
  (visit) => [visit.locale, visit.to('/'), JSON.stringify(visit.node.name)].join('|'),
  200,
);

const drawnSections = remember(
  (visit: Visit) => String(<Sections visit={visit} />),
  (visit) => [visit.locale, visit.to('/'), sections.findIndex((section) => isCurrent(visit.path, section.href))].join('|'),
);

function Fold({ label }: { label: string }) {
  return (
    <details class="fold">
      <summary>
        <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
          <path d="M1 2q4.5-3 9 0t9 0M1 7q4.5-3 9 0t9 0M1 12q4.5-3 9 0t9 0" />
        </svg>
        {label}
      </summary>
    </details>
  );
}

function Sections({ visit }: { visit: Visit }) {
  return (
    <nav aria-label={visit.t('look.nav_main')}>
      <ul>
        {sections.map((section) => (
          <li>
            <a href={visit.to(section.href)} aria-current={isCurrent(visit.path, section.href) ? 'page' : undefined}>
              {visit.t(section.key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Brand({ visit }: { visit: Visit }) {
  const { node, t } = visit;
  const name = nodeName(visit);
  const is_main = node.kind === 'main';
  return (
    <a class="brand" href={visit.to('/')}>
      <svg viewBox="0 0 36 36" width="36" height="36" aria-hidden="true">
        {raw(mark('var(--water)', 'var(--paper)'))}
      </svg>
      <span class="brand-name" lang={is_main ? name.lang : undefined}>
        {is_main ? name.text : t('look.network')}
      </span>
      {!is_main && (
        <span class="brand-node">
          <b lang={name.lang}>{name.text}</b>
          <span>{t('look.a_node')}</span>
        </span>
      )}
    </a>
  );
}

function Languages({ visit }: { visit: Visit }) {
  const others = offered(visit);
  if (others.length < 2) return null;
  return (
    <nav class="tongues" aria-label={visit.t('look.languages')}>
      <ul>
        {others.map((locale) => (
          <li>
            <a
              href={visit.to(visit.path, locale)}
              hreflang={locale}
              lang={locale}
              aria-current={locale === visit.locale ? 'true' : undefined}
            >
              <abbr title={tongues[locale]}>{locale}</abbr>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Self({ visit }: { visit: Visit }) {
  const { person, t } = visit;
  if (!person) {
    return (
      <a class="sign-in" href={visit.to(`/sign-in?next=${encodeURIComponent(visit.path)}`)} rel="nofollow">
        {t('look.sign_in')}
      </a>
    );
  }
  return (
    <details class="self">
      <summary>
        <span class="visually-hidden">{t('look.my_space')}: </span>
        {person.name}
      </summary>
      <div class="self-menu">
        <ul>
          {[...own_pages, ...(visit.roles.some((role) => role.scope !== 'project') ? [desk] : [])].map((own) => (
            <li>
              <a href={visit.to(own.href)}>{t(own.key)}</a>
            </li>
          ))}
        </ul>
        <form method="post" action={visit.to('/sign-out')}>
          <input type="hidden" name="csrf" value={visit.csrf} />
          <button type="submit" class="link-button">
            {t('look.sign_out')}
          </button>
        </form>
      </div>
    </details>
  );
}

function isCurrent(path: string, href: string): boolean {
  const [bare = '', query = ''] = path.split('?');
  const [wanted = '', wanted_query] = href.split('?');
  if (bare !== wanted && !bare.startsWith(`${wanted}/`)) return false;
  if (wanted !== '/explore') return true;
  return new URLSearchParams(query).get('needs') === new URLSearchParams(wanted_query ?? '').get('needs');
}
