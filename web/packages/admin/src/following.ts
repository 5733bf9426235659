import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws its host again whenever the target fires `change`. */
export class Following implements ReactiveController {
  readonly #draw: () => void;

  constructor(
    host: ReactiveControllerHost,
    private readonly target: EventTarget,
  ) {
    this.#draw = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    this.target.addEventListener('change', this.#draw);
  }

  hostDisconnected(): void {
    this.target.removeEventListener('change', this.#draw);
  }
}
