/** Comfort for those whose browser runs scripts. Nothing here is needed: every page works without. */
import { CopyText } from './copy-text.ts';
import { guardForms } from './forms.ts';
import { LiveTotal } from './live-total.ts';
import { closeMenus } from './menus.ts';
import { followReading } from './toc.ts';

customElements.define('copy-text', CopyText);
customElements.define('live-total', LiveTotal);
closeMenus();
guardForms();
followReading();
