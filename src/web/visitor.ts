// Who asks: the shell is told at each request, and shows it in the header; rooms get the actor.
import type { Language } from '../model/language.ts';
import type { Actor } from '../model/permission.ts';

export type SignedIn = {
  readonly id: string;
  /** Their name, or their address as long as they gave none. */
  readonly name: string;
  readonly language: Language;
  /** A character of the demonstration. */
  readonly demo: boolean;
  readonly session: { readonly id: string; readonly openedAt: Date };
};

export type Visitor = {
  readonly actor: Actor;
  /** Null for anyone and for programs. */
  readonly person: SignedIn | null;
};

export const someone: Visitor = { actor: { kind: 'anyone' }, person: null };
