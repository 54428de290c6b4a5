import { typedCents, writeCents } from './amount.ts';

/** Keeps the sums of a form of money true while amounts are chosen: everything inside marked `data-live`. */
export class LiveTotal extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('input', (event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement)) return;
      if (field.dataset.frees && field.value.trim()) this.take(field.dataset.frees, 'other');
      this.update();
    });
    this.addEventListener('change', (event) => this.goToFree(event.target));
    this.update();
  }

  /** Who chooses "other" writes next. */
  private goToFree(chosen: EventTarget | null): void {
    if (!(chosen instanceof HTMLInputElement) || chosen.type !== 'radio' || chosen.value !== 'other') return;
    this.querySelector<HTMLInputElement>(`input[data-frees="${CSS.escape(chosen.name)}"]`)?.focus();
  }

  private take(name: string, value: string): void {
    const radio = this.querySelector<HTMLInputElement>(`input[type=radio][name="${CSS.escape(name)}"][value="${value}"]`);
    if (radio) radio.checked = true;
  }

  private update(): void {
    const amount = this.chosen(this.dataset.amount ?? 'amount');
    const tip = this.chosen(this.dataset.tip ?? 'tip') ?? 0;
    if (amount === null) return;
    const sums: Record<string, number> = { amount, tip, total: amount + tip, with_you: Number(this.dataset.raised) + amount };
    for (const place of this.querySelectorAll<HTMLElement>('[data-live]')) {
      const cents = sums[place.dataset.live ?? ''];
      if (cents === undefined) continue;
      const written = writeCents(cents, this.dataset.locale ?? 'en', this.dataset.currency ?? 'EUR');
      if (place.textContent !== written) place.textContent = written;
    }
  }

  private chosen(name: string): number | null {
    const radio = this.querySelector<HTMLInputElement>(`input[type=radio][name="${CSS.escape(name)}"]:checked`);
    if (radio && radio.value !== 'other') return Number(radio.value);
    const free = this.querySelector<HTMLInputElement>(`input[data-frees="${CSS.escape(name)}"]`);
    return free ? typedCents(free.value) : null;
  }
}
