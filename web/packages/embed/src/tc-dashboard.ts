import { defineElement } from '@aracari/charts';
import { AracariDashboard } from './aracari-dashboard.js';

/** `<aracari-dashboard>` under another name: a page written with that one changes only the script's address. */
export class TcDashboard extends AracariDashboard {}

defineElement('tc-dashboard', TcDashboard);

declare global {
  interface HTMLElementTagNameMap {
    'tc-dashboard': TcDashboard;
  }
}
