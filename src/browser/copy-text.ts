/** Shows its button where copying works, copies what stands in its `code`, and says so. */
export class CopyText extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const holder = button?.parentElement;
    const said = this.querySelector('[role=status]');
    if (!button || !holder || !said || !navigator.clipboard) return;
    holder.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(this.querySelector('code')?.textContent?.trim() ?? '');
      said.textContent = this.dataset.done ?? '';
      setTimeout(() => {
        said.textContent = '';
      }, 4_000);
    });
  }
}
