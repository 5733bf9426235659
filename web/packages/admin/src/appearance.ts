/** Light or dark: the person's remembered choice, or what the system prefers. Fires `change`. */
export type Appearance = 'system' | 'light' | 'dark';
export type Scheme = 'light' | 'dark';

const storageKey = 'aracari.appearance';

class AppearanceStore extends EventTarget {
  #systemPrefersDark = matchMedia('(prefers-color-scheme: dark)');
  #choice: Appearance = readChoice();

  constructor() {
    super();
    this.#systemPrefersDark.addEventListener('change', () => this.apply());
  }

  get choice(): Appearance {
    return this.#choice;
  }

  get scheme(): Scheme {
    if (this.#choice !== 'system') return this.#choice;
    return this.#systemPrefersDark.matches ? 'dark' : 'light';
  }

  choose(choice: Appearance): void {
    this.#choice = choice;
    try {
      localStorage.setItem(storageKey, choice);
    } catch {
      // Storage may be off; the choice then lasts until the page is left.
    }
    this.apply();
  }

  /** Puts the scheme on the page. */
  apply(): void {
    const root = document.documentElement.classList;
    root.toggle('wa-dark', this.scheme === 'dark');
    root.toggle('wa-light', this.scheme === 'light');
    this.dispatchEvent(new Event('change'));
  }
}

function readChoice(): Appearance {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export const appearance = new AppearanceStore();
