import { AracariError } from '@aracari/api';
import type { LitElement, ReactiveController } from 'lit';
import { sessionStore } from './session-store.js';

/**
 * The sending of one form: busy or not, and the refusal of the last attempt. A refusal that names a body field belongs
 * at the matching input (`at`), and focus goes there; the summary (`<app-refusal>`) shows every refusal.
 */
export class Submission implements ReactiveController {
  busy = false;
  refusal: AracariError | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** Runs one attempt. Gives undefined when it was refused or another one is under way. */
  async run<T>(attempt: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.#set(true, undefined);
    try {
      const answer = await attempt();
      this.#set(false, undefined);
      return answer;
    } catch (error) {
      this.#set(false, undefined);
      if (!(error instanceof AracariError)) throw error;
      sessionStore.notice(error);
      this.#set(false, error);
      void this.#focusRefused();
      return undefined;
    }
  }

  clear(): void {
    this.#set(false, undefined);
  }

  /** The refusal's sentence when it concerns this field or a part of it. */
  at(field: string): string | undefined {
    const named = this.refusal?.field;
    if (!this.refusal || !named) return undefined;
    const concerns =
      named === field || named.startsWith(`${field}.`) || named.startsWith(`${field}[`);
    return concerns ? this.refusal.detail || this.refusal.title : undefined;
  }

  async #focusRefused(): Promise<void> {
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.refused')?.focus();
  }

  #set(busy: boolean, refusal: AracariError | undefined): void {
    this.busy = busy;
    this.refusal = refusal;
    this.host.requestUpdate();
  }
}

/** A refusal found before anything was sent; shown exactly as one of the server. */
export function refuseLocally(field: string, detail: string): AracariError {
  return new AracariError(0, {
    code: 'invalid_body',
    title: 'Please check the form',
    detail,
    field,
  });
}
