// Whom to ask about a dataset: an e-mail or a web address.

/** Whether a text is an e-mail address or the address of a page. */
export function isContact(text: string): boolean {
  if (text.length > 300) return false;
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text) || (/^https?:\/\//.test(text) && URL.canParse(text));
}

/** Where a contact leads: a letter or a page. */
export function contactUrl(contact: string): string {
  return contact.includes('://') ? contact : `mailto:${contact}`;
}
