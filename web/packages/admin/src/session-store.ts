import { AracariError, getSession, type Session, signOut } from '@aracari/api';

/** Who is signed in, as the server last said. The only place that knows. Fires `change`. */
class SessionStore extends EventTarget {
  #current: Session | undefined;
  #failure: AracariError | undefined;

  get current(): Session | undefined {
    return this.#current;
  }

  /** Why the server could not be asked, when it could not. */
  get failure(): AracariError | undefined {
    return this.#failure;
  }

  /** True for admins and makers, who may use settings and API keys. */
  get mayManage(): boolean {
    return this.#current?.state === 'signed_in' && this.#current.user.role !== 'explorer';
  }

  /** True for admins, who see signing keys and the audit log, and may revoke in production. */
  get isAdmin(): boolean {
    return this.#current?.state === 'signed_in' && this.#current.user.role === 'admin';
  }

  async load(): Promise<void> {
    try {
      this.accept(await getSession());
    } catch (error) {
      if (!(error instanceof AracariError)) throw error;
      this.#failure = error;
      this.#changed();
    }
  }

  accept(session: Session): void {
    this.#failure = undefined;
    this.#current = session;
    this.#changed();
  }

  async signOut(): Promise<void> {
    await signOut();
    this.accept({ state: 'signed_out' });
  }

  /** To be told of every failed call: one that says that the session is over leads back to the sign-in page. */
  notice(error: unknown): void {
    if (error instanceof AracariError && error.code === 'not_signed_in')
      this.accept({ state: 'signed_out' });
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

export const sessionStore = new SessionStore();
