// The door through which messages leave: an SMTP server, or a folder of .eml files where none is set.

export type Letter = {
  /** Written on the envelope and in the header; stable, so that a message sent twice is one message. */
  readonly id: string;
  /** "Données de Touraine <donnees@example.org>". */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The address by which a mail program stops such letters in one click (RFC 8058). */
  readonly unsubscribe?: string;
  readonly at: Date;
};

export type Mailer = {
  /** @throws MailRefused when it did not leave. */
  send(letter: Letter): Promise<void>;
  close(): void;
};

/** The letter did not leave. `forGood` when trying again changes nothing: the address does not exist. */
export class MailRefused extends Error {
  readonly forGood: boolean;

  constructor(reason: string, forGood: boolean, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'MailRefused';
    this.forGood = forGood;
  }
}

/** The bare address of "Name <address>". */
export function addressOf(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();
}
