import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

export type Keys = {
  press(key: string): Promise<void>;
  /** Goes on with Tab until the focus stands on what has this name. Every stop on the way must be seen. */
  to(name: string | RegExp): Promise<void>;
  /** Presses Enter where the focus stands and waits for the next page. */
  follow(): Promise<void>;
  /** The name of what has the focus. */
  here(): Promise<string>;
};

type Focus = { name: string; seen: boolean; tag: string };

/** Hands that have no mouse. */
export function keysOf(page: Page): Keys {
  const here = async () => (await focusOf(page)).name;
  return {
    here,
    press: (key) => page.keyboard.press(key),
    async to(name) {
      const wanted = (found: string) =>
        typeof name === 'string' ? found === name || found.startsWith(`${name} `) : name.test(found);
      const passed: string[] = [];
      for (let stops = 0; stops < 150; stops += 1) {
        const focus = await focusOf(page);
        if (wanted(focus.name)) return;
        await page.keyboard.press('Tab');
        const next = await focusOf(page);
        passed.push(next.name);
        assert.ok(next.seen || next.tag === 'BODY', `nobody sees that the focus is on "${next.name}" of ${page.url()}`);
      }
      assert.fail(`Tab never comes to "${String(name)}" on ${page.url()}; it comes to:\n${[...new Set(passed)].join('\n')}`);
    },
    async follow() {
      const before = page.url();
      await Promise.all([page.waitForURL((url) => url.href !== before), page.keyboard.press('Enter')]);
      await page.waitForLoadState();
    },
  };
}

function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const found = document.activeElement as HTMLElement | null;
    const squeeze = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
    if (!found || found === document.body) return { name: '', seen: false, tag: 'BODY' };
    const label = 'labels' in found ? (found as HTMLInputElement).labels?.[0] : null;
    const name = squeeze(found.getAttribute('aria-label') ?? (label?.innerText || found.innerText));
    // A ring may be drawn on the element, or on what stands for it: its label, its card.
    const above = [found.parentElement, found.parentElement?.parentElement, found.closest('article, li, fieldset')];
    const ringed = [found, label, found.nextElementSibling, ...above];
    const rings = (style: CSSStyleDeclaration) =>
      (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    const seen = ringed.some(
      (each) =>
        each &&
        (rings(getComputedStyle(each)) || rings(getComputedStyle(each, '::after')) || rings(getComputedStyle(each, '::before'))),
    );
    return { name, seen, tag: found.tagName };
  });
}
