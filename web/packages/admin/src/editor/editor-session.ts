import {
  AracariError,
  readStoredDashboard,
  saveDashboard,
  type StoredDashboard,
} from '@aracari/api';
import { sessionStore } from '../session-store.js';
import { Autosave, type SaveFailure, type SaveState } from './autosave.js';
import { type Edited, editedOf } from './dashboard-draft.js';
import { EditHistory } from './edit-history.js';

/** One dashboard while it is edited: its steps, and their way to the server. Fires `change`. */
export class EditorSession extends EventTarget {
  #stored: StoredDashboard;
  readonly #history: EditHistory<Edited>;
  readonly #autosave: Autosave<Edited, StoredDashboard>;

  constructor(stored: StoredDashboard) {
    super();
    this.#stored = stored;
    this.#history = new EditHistory(editedOf(stored));
    this.#autosave = new Autosave(stored.version, {
      save: (version, content) => this.#save(version, content),
      versionOf: ({ version }) => version,
      judge,
      theirsOf: (error) => readStoredDashboard((error as AracariError).current),
      changed: () => this.dispatchEvent(new Event('change')),
    });
  }

  /** As the server last said. */
  get stored(): StoredDashboard {
    return this.#stored;
  }

  get edited(): Edited {
    return this.#history.present;
  }

  get state(): SaveState {
    return this.#autosave.state;
  }

  get theirs(): StoredDashboard | undefined {
    return this.#autosave.theirs;
  }

  get unsaved(): boolean {
    return this.#autosave.unsaved;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** `kind`: of changes that follow each other and are one step, such as typing. */
  change(part: Partial<Edited>, kind = ''): void {
    this.#history.push({ ...this.edited, ...part }, kind);
    this.#autosave.change(this.edited);
  }

  undo(): void {
    if (this.#history.undo()) this.#autosave.change(this.edited);
  }

  redo(): void {
    if (this.#history.redo()) this.#autosave.change(this.edited);
  }

  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  /** What the server has stored by another way, such as a restored version, is one more step. */
  adopt(stored: StoredDashboard): void {
    this.#stored = stored;
    this.#history.push(editedOf(stored));
    this.#autosave.restart(stored.version);
  }

  /** Of two editors: theirs. Mine is the step before. */
  takeTheirs(): void {
    if (this.theirs) this.adopt(this.theirs);
  }

  /** Of two editors: mine. Theirs is the step before. */
  async keepMine(): Promise<void> {
    const { theirs, edited } = this;
    if (!theirs) return;
    this.#history.push(editedOf(theirs));
    this.#history.push(edited);
    await this.#autosave.keep(edited);
  }

  end(): void {
    this.#autosave.stop();
  }

  async #save(version: number, content: Edited): Promise<StoredDashboard> {
    const name = content.name.trim() || 'Untitled dashboard';
    this.#stored = await saveDashboard(this.#stored.id, version, { ...content, name });
    return this.#stored;
  }
}

function judge(error: unknown): SaveFailure {
  if (!(error instanceof AracariError)) throw error;
  sessionStore.notice(error);
  const what = error.detail || error.title;
  if (error.status === 409 && error.current) return { kind: 'conflict', what };
  const passing = error.status === 0 || error.status === 429 || error.status >= 500;
  return { kind: passing ? 'passing' : 'refused', what };
}
