// Sends a file in pieces by the protocol tus 1.0.0, and takes up again what the network cut; knows no page.

export type UploadTarget = { readonly address: string; readonly organization: string };

export type UploadEvents = {
  /** Bytes that have arrived. */
  progress(arrived: number): void;
  /** The network is lost; it goes on by itself. */
  waiting(): void;
};

export type Uploading = {
  /** The deposit's id, once all has arrived. Rejects with UploadRefused. */
  readonly done: Promise<string>;
  pause(): void;
  resume(): void;
};

/** The server said no, with its sentence. */
export class UploadRefused extends Error {}

/** Bytes of one request: a cut loses no more than what a proxy holds, and a long file still needs few requests. */
const pieceBytes = 32 * 1024 * 1024;
const firstWait = 1000;
const longestWait = 30_000;
const version = { 'tus-resumable': '1.0.0' };

/** Starts to send. Where an upload of the same file was begun, it goes on from there. */
export function sendFile(file: File, target: UploadTarget, events: UploadEvents): Uploading {
  let paused = false;
  let wake = (): void => {};
  let current = new AbortController();
  const memory = keyOf(file, target);

  const until = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  async function run(): Promise<string> {
    let wait = firstWait;
    let upload = recall(memory);
    for (;;) {
      if (paused) await until();
      try {
        upload ??= await create();
        remember(memory, upload);
        const at = await whereIs(upload);
        if (at === null) {
          upload = null;
          remember(memory, null);
          continue;
        }
        wait = firstWait;
        const deposit = at.deposit ?? (await sendFrom(upload, at.offset));
        if (deposit === null) continue;
        remember(memory, null);
        return deposit;
      } catch (error) {
        if (error instanceof UploadRefused) {
          remember(memory, null);
          throw error;
        }
        if (paused) continue;
        events.waiting();
        await Promise.race([pauseFor(wait), backOnline(), until()]);
        wait = Math.min(wait * 2, longestWait);
      }
    }
  }

  async function create(): Promise<string> {
    const answer = await ask(target.address, {
      method: 'POST',
      headers: {
        ...version,
        'upload-length': String(file.size),
        'upload-metadata': `organization ${base64(target.organization)},filename ${base64(file.name)}`,
      },
    });
    return new URL(answer.headers.get('location') ?? '', new URL(target.address, location.href)).pathname;
  }

  /** Null when the server has forgotten it. */
  async function whereIs(upload: string): Promise<{ readonly offset: number; readonly deposit: string | null } | null> {
    const answer = await fetch(upload, { method: 'HEAD', headers: version });
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) throw await refusalOf(answer);
    const offset = Number(answer.headers.get('upload-offset'));
    events.progress(offset);
    return { offset, deposit: answer.headers.get('terroir-deposit') };
  }

  /** @returns the deposit when this was the last piece. */
  async function sendFrom(upload: string, offset: number): Promise<string | null> {
    current = new AbortController();
    const piece = file.slice(offset, offset + pieceBytes);
    const { status, deposit, refusal } = await send(upload, piece, offset, current.signal, (sent) =>
      events.progress(offset + sent),
    );
    if (status >= 200 && status < 300) return deposit;
    // Not at the right place, or still held by a lost connection: asked again.
    if (status === 409 || status === 423 || status === 0 || status >= 502) throw new Error('again');
    throw new UploadRefused(refusal);
  }

  async function ask(address: string, options: RequestInit): Promise<Response> {
    const answer = await fetch(address, { ...options, signal: current.signal });
    if (!answer.ok) throw await refusalOf(answer);
    return answer;
  }

  return {
    done: run(),
    pause() {
      paused = true;
      current.abort();
    },
    resume() {
      paused = false;
      current = new AbortController();
      wake();
    },
  };
}

async function refusalOf(answer: Response): Promise<Error> {
  // The machine or a proxy stumbles: it is tried again.
  if (answer.status >= 500 && answer.status !== 507) return new Error('again');
  return new UploadRefused(sentenceOf(await answer.text().catch(() => '')));
}

/** XMLHttpRequest alone tells how much of a body has left. */
function send(
  address: string,
  piece: Blob,
  offset: number,
  signal: AbortSignal,
  progress: (sent: number) => void,
): Promise<{ readonly status: number; readonly deposit: string | null; readonly refusal: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PATCH', address);
    request.setRequestHeader('tus-resumable', '1.0.0');
    request.setRequestHeader('content-type', 'application/offset+octet-stream');
    request.setRequestHeader('upload-offset', String(offset));
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () =>
      resolve({
        status: request.status,
        deposit: request.getResponseHeader('terroir-deposit'),
        refusal: sentenceOf(request.responseText),
      });
    request.onerror = () => reject(new Error('network'));
    request.onabort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(piece);
  });
}

/** The sentence of a problem+json. */
function sentenceOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === 'object' && problem !== null && 'detail' in problem) return String(problem.detail);
  } catch {
    // A proxy's page.
  }
  return '';
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function pauseFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function backOnline(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('online', () => resolve(), { once: true });
  });
}

/** The same file of the same person in the same window: a page that was reloaded goes on. */
function keyOf(file: File, target: UploadTarget): string {
  return `upload:${target.organization}:${file.name}:${file.size}:${file.lastModified}`;
}

function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, upload: string | null): void {
  try {
    if (upload === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, upload);
  } catch {
    // Private windows keep nothing: the upload works all the same.
  }
}
