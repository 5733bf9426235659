import { AracariError, getUpload, sendChunk, type Upload } from '@aracari/api';
import { sessionStore } from '../session-store.js';
import { FileTransfer, type Receiver, type Surroundings } from './file-transfer.js';

/** The files that this page is sending. They go on while the person looks at other pages of the app. */
class Transfers {
  readonly #byUpload = new Map<string, FileTransfer>();

  constructor() {
    addEventListener('online', () => this.#each((transfer) => transfer.tryNow()));
    addEventListener('beforeunload', (event) => {
      if ([...this.#byUpload.values()].some(({ active }) => active)) event.preventDefault();
    });
    sessionStore.addEventListener('change', () => {
      if (sessionStore.current?.state !== 'signed_in') this.#forget();
    });
  }

  of(uploadId: string): FileTransfer | undefined {
    return this.#byUpload.get(uploadId);
  }

  start(upload: Upload, file: File): FileTransfer {
    this.drop(upload.id);
    const transfer = new FileTransfer(file, receiverOf(upload.id), upload, surroundings);
    this.#byUpload.set(upload.id, transfer);
    void transfer.resume();
    return transfer;
  }

  drop(uploadId: string): void {
    this.#byUpload.get(uploadId)?.pause();
    this.#byUpload.delete(uploadId);
  }

  #forget(): void {
    this.#each((transfer) => transfer.pause());
    this.#byUpload.clear();
  }

  #each(act: (transfer: FileTransfer) => void): void {
    for (const transfer of this.#byUpload.values()) act(transfer);
  }
}

function receiverOf(uploadId: string): Receiver {
  return {
    send: (offset, bytes, signal) => noticing(sendChunk(uploadId, offset, bytes, signal)),
    ask: async (signal) => (await noticing(getUpload(uploadId, signal))).received,
  };
}

async function noticing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AracariError) sessionStore.notice(error);
    throw error;
  }
}

const surroundings: Surroundings = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    }),
};

export const transfers = new Transfers();
