/** Marks in the contents of a long page the part one is reading, and keeps that mark in view. */
export function followReading(): void {
  const list = document.querySelector<HTMLElement>('[data-toc] ul');
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? [])];
  const parts = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  if (!list || parts.length === 0) return;
  const reading = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((one) => one.isIntersecting);
      if (entry) mark(list, links, links[parts.indexOf(entry.target as HTMLElement)]);
    },
    { rootMargin: '-15% 0px -70%' },
  );
  for (const part of parts) if (part) reading.observe(part);
}

function mark(list: HTMLElement, links: readonly HTMLAnchorElement[], current: HTMLAnchorElement | undefined): void {
  for (const link of links) {
    if (link === current) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  if (current) list.scrollTo({ left: current.offsetLeft - list.offsetLeft - 40 });
}
