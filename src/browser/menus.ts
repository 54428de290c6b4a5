/** The menu of one's own space closes with Escape, or when one goes elsewhere. */
export function closeMenus(): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.self');
  if (!menu) return;
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
  for (const kind of ['click', 'focusin'] as const) {
    document.addEventListener(kind, (event) => {
      if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
  }
}
