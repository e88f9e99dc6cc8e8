// Forms with a large file: what is chosen is sent in pieces that a lost network does not undo, then the form leaves with the
// deposit's id. Without this script the same form carries the file itself.
import { fillSentence } from '../lib/errors.ts';
import { uploadMessages } from '../model/messages/upload.ts';
import { sendFile, type Uploading, UploadRefused } from './upload-client.ts';

const lang = document.documentElement.lang === 'en' ? 'en' : 'fr';

function say(key: keyof typeof uploadMessages, params: Record<string, string | number> = {}): string {
  return fillSentence(uploadMessages[key][lang], params);
}

/** Below this the form itself is as quick, and says the same. */
const smallFile = 1024 * 1024;

for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file][data-upload]')) upgrade(input);

function upgrade(input: HTMLInputElement): void {
  const { form } = input;
  const { upload: address, organization } = input.dataset;
  if (form === null || address === undefined || organization === undefined) return;
  const panel = panelAfter(input);
  let uploading: Uploading | null = null;
  let paused = false;

  panel.button.addEventListener('click', () => {
    paused = !paused;
    panel.button.textContent = say(paused ? 'resume' : 'pause');
    if (paused) {
      uploading?.pause();
      panel.tell(say('paused'));
    } else uploading?.resume();
  });

  form.addEventListener('submit', (event) => {
    const file = input.files?.[0];
    if (uploading !== null) return event.preventDefault();
    if (file === undefined || file.size <= smallFile) return;
    event.preventDefault();
    const submitter = event.submitter;
    send(file, submitter instanceof HTMLButtonElement ? submitter : null);
  });

  async function send(file: File, submitter: HTMLButtonElement | null): Promise<void> {
    if (form === null || address === undefined || organization === undefined) return;
    panel.show();
    if (submitter !== null) submitter.disabled = true;
    input.disabled = true;
    uploading = sendFile(
      file,
      { address, organization },
      {
        progress: (arrived) => panel.progress(arrived, file.size),
        waiting: () => panel.tell(say('waiting')),
      },
    );
    try {
      const deposit = await uploading.done;
      panel.finish();
      const hidden = document.createElement('input');
      hidden.type = 'hidden';
      hidden.name = 'deposit';
      hidden.value = deposit;
      form.append(hidden);
      form.submit();
    } catch (error) {
      panel.fail(error instanceof UploadRefused ? error.message : '');
      input.disabled = false;
      if (submitter !== null) submitter.disabled = false;
      input.focus();
    } finally {
      uploading = null;
      paused = false;
    }
  }
}

/** Where the upload is told: a bar for the eyes, a sentence now and then for whoever listens, a button. */
function panelAfter(input: HTMLInputElement) {
  const panel = document.createElement('div');
  panel.hidden = true;
  panel.className = 'upload-progress';
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', say('progress'));
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  status.setAttribute('aria-live', 'polite');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  panel.append(bar, status, button);
  input.after(panel);
  let spoken = -1;
  return {
    button,
    tell(sentence: string) {
      status.textContent = sentence;
      spoken = -1;
    },
    show() {
      panel.hidden = false;
      button.hidden = false;
      button.textContent = say('pause');
      bar.max = 1;
      bar.value = 0;
      status.textContent = '';
      spoken = -1;
    },
    /** The bar moves at each piece; the sentence changes at each tenth, so that a screen reader is not a racket. */
    progress(done: number, total: number) {
      const share = Math.min(1, done / total);
      bar.value = share;
      const tenth = Math.floor(share * 10);
      if (tenth === spoken) return;
      spoken = tenth;
      const percent = Math.floor(share * 100);
      status.textContent = say('sending', { percent, done: megabytes(done), total: megabytes(total) });
    },
    finish() {
      bar.value = 1;
      button.hidden = true;
      status.textContent = say('done');
    },
    fail(reason: string) {
      button.hidden = true;
      status.textContent = say('failed', { reason }).trim();
    },
  };
}

function megabytes(bytes: number): string {
  return say('size', {
    count: (bytes / 1024 ** 2).toLocaleString(lang, { maximumFractionDigits: bytes < 1e7 ? 1 : 0 }),
  });
}
