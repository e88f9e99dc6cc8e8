// What a reminder's page is made of.

export type ReminderFacts = {
  readonly dataset: { readonly id: string; readonly title: string; readonly organization: string };
  /** When its last update, or word that nothing changed, came. */
  readonly updatedAt: Date | null;
  readonly dueAt: Date | null;
  /** Whether something came since the reminder: there is nothing left to say. */
  readonly done: boolean;
};
